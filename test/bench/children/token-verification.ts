// Verifies service tokens: <directory> <root key>. Each for the first time, which is what a cache of verdicts saves; and all
// of them again.
import { contextFor } from '../../../server/context/context.ts'
import { resolveActor } from '../../../server/identity/resolve-actor.ts'
import { principalOf } from '../../../server/policy/actor.ts'
import { narrowToken, signToken } from '../../../server/tokens/token-chain.ts'
import { median } from '../measure/median.ts'
import { openHouse } from '../seed/open-house.ts'
import { ROOT_POLICY, TOKEN_SHAPES, type TokenCosts, type TokenShape } from '../seed/token-shapes.ts'

const WARM_TOKENS = 500
const TOKENS = 2000
const LOOK = 50
const LIFETIME_MS = 3_600_000

const [dataDir = '', rootKey = ''] = process.argv.slice(2)
const { house, close } = await openHouse(dataDir, rootKey)
const minter = contextFor(house, await resolveActor(house, { authorization: `Bearer ${rootKey}`, origin: undefined }), 'req_bench').actor
const { keyId, key } = house.vault.derivedKey('service-token')
const issuedAtMs = Math.floor(house.now() / 1000) * 1000

/** Different from all others, as if a backend had minted it. */
function makeToken(id: string, { narrowings }: TokenShape): string {
  const root = { id, organizationId: minter.organizationId, keyId, issuedAtMs, expiresAtMs: issuedAtMs + LIFETIME_MS }
  let { token } = signToken(key, { ...root, minter: principalOf(minter), policy: ROOT_POLICY, audience: undefined })!
  for (const narrowing of narrowings) token = narrowToken(token, narrowing)!
  return `Bearer ${token}`
}

/** The median of many short looks: a neighbour's burst costs one of them. */
async function cpuUsOf(tokens: readonly string[]): Promise<number> {
  const looks: number[] = []
  for (let start = 0; start < tokens.length; start += LOOK) {
    const before = process.cpuUsage()
    for (const authorization of tokens.slice(start, start + LOOK)) await resolveActor(house, { authorization, origin: undefined })
    const { user, system } = process.cpuUsage(before)
    looks.push((user + system) / LOOK)
  }
  return median(looks)
}

const sets = TOKEN_SHAPES.map((shape, index) => ({
  name: shape.name,
  tokens: Array.from({ length: WARM_TOKENS + TOKENS }, (_, count) => makeToken(`tok_${index}x${count}`, shape)),
}))
// All of them first: whoever came first would pay for compiling what they share.
for (const { tokens } of sets) await cpuUsOf(tokens.slice(0, WARM_TOKENS))
const costs: TokenCosts[] = []
for (const { name, tokens } of sets) {
  const fresh = tokens.slice(WARM_TOKENS)
  costs.push({ name, missUs: await cpuUsOf(fresh), hitUs: await cpuUsOf(fresh) })
}
await close()
process.send!({ result: costs })
