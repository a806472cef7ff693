// Service tokens as an app mints them, and whether one still opens anything.
import type { MintedTokenView } from '../../server/tokens/token-view.ts'
import type { JsonAnswer, RunningPlugboard } from './start-plugboard.ts'
import { openMembersBrowser, type TestBrowser } from './test-browser.ts'

export const bearer = (credential: string) => ({ authorization: `Bearer ${credential}` })

/** With the plugboard's key, or as `minter`; a service token as minter narrows itself. */
export async function mintServiceToken(plugboard: RunningPlugboard, body: object = {}, minter: string = plugboard.key): Promise<MintedTokenView> {
  const { status, body: minted } = await plugboard.send<MintedTokenView>('POST', '/tokens', body, bearer(minter))
  if (status !== 200) throw new Error(`no token was minted: ${JSON.stringify(minted)}`)
  return minted
}

/** The status of a list of the namespace `shop`. */
export const lookAround = async (plugboard: RunningPlugboard, credential: string): Promise<number> =>
  (await plugboard.send('GET', '/connect/shop', undefined, bearer(credential))).status

export const revokeServiceToken = (plugboard: RunningPlugboard, body: { token: string } | { id: string }, as: string = plugboard.key): Promise<JsonAnswer<Record<string, unknown>>> =>
  plugboard.send('POST', '/tokens/revoke', body, bearer(as))

/** Tokens that are none any more. Moves the clock. */
export async function mintEndedTokens(plugboard: RunningPlugboard, living: string): Promise<[what: string, token: string][]> {
  const revoked = (await mintServiceToken(plugboard)).token
  await revokeServiceToken(plugboard, { token: revoked })
  const over = (await mintServiceToken(plugboard, { ttl: 20 })).token
  plugboard.advance(20_000)
  const narrowed = (await mintServiceToken(plugboard, { ttl: 60 }, living)).token
  return [
    ['a revoked service token', revoked],
    ['a service token that is over', over],
    ['a service token without the block that narrowed it', narrowed.split('.').toSpliced(-2, 1).join('.')],
  ]
}

/** Somebody whom the owner invited, signed in. */
export async function openMember(plugboard: RunningPlugboard, owner: TestBrowser, { email, role = 'member' }: { email: string; role?: string }): Promise<{ browser: TestBrowser; id: string }> {
  const browser = await openMembersBrowser(plugboard, owner, { role, email })
  const { body } = await browser.query('account.get')
  return { browser, id: (body as { result: { data: { memberId: string } } }).result.data.memberId }
}

/** From the console's browser: over tRPC, by cookie. */
export async function mintAsMember(browser: TestBrowser, input: object = {}): Promise<string> {
  const { body } = await browser.mutate('tokens.mint', input)
  return (body as { result: { data: MintedTokenView } }).result.data.token
}
