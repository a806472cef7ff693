// `npm run soak`: what is a matter of luck, often enough that luck has no part in it. It takes minutes, prints what it found,
// and fails if anything was not as it has to be.
import { isDeepStrictEqual } from 'node:util'
import { expectedAfterKill } from '../support/expected-after-kill.ts'
import { killWhileRenewing, KILL_POINTS, type KillOutcome, type KillPoint, ROTATIONS } from '../support/kill-while-renewing.ts'
import type { Rotation } from '../support/hostile-grants.ts'
import { stormOnToken } from '../support/storm-on-a-token.ts'

/** Short ones: the processes compare their clocks, which are moved, with the database's each minute. */
const STORM = { processes: 4, callers: 50, rounds: 2 }
const STORMS = 5
const KILLS_EACH = 10

async function soakStorm(): Promise<string[]> {
  console.log(`A token that ends ${STORM.rounds} times under ${STORM.processes} processes x ${STORM.callers} callers, strict server`)
  const complaints: string[] = []
  for (let storm = 1; storm <= STORMS; storm++) {
    const { tokenRequests, reuses, statuses, calls } = await stormOnToken(STORM)
    console.log(`  ${calls} calls, answered ${statuses.join(', ')}; token requests each time: ${tokenRequests.join(' ')}; refresh tokens shown twice: ${reuses}`)
    const isRight = reuses === 0 && tokenRequests.every((count) => count === 1) && statuses.every((status) => status === 200)
    if (!isRight) complaints.push(`storm ${storm}: see above`)
  }
  return complaints
}

async function soakKills(): Promise<string[]> {
  console.log(`\nA process killed (SIGKILL) in the middle of a renewal, ${KILLS_EACH} times each: what the next process makes of it`)
  console.log(`${'server'.padEnd(10)}${KILL_POINTS.map((point) => point.padEnd(26)).join('')}`)
  const complaints: string[] = []
  for (const rotation of ROTATIONS) {
    const cells: string[] = []
    for (const point of KILL_POINTS) cells.push(await soakCell(rotation, point, complaints))
    console.log(rotation.padEnd(10) + cells.map((cell) => cell.padEnd(26)).join(''))
  }
  return complaints
}

async function soakCell(rotation: Rotation, point: KillPoint, complaints: string[]): Promise<string> {
  const outcomes: KillOutcome[] = []
  for (let time = 0; time < KILLS_EACH; time++) outcomes.push(await killWhileRenewing(point, rotation))
  const expected = expectedAfterKill(rotation, point)
  const wrong = outcomes.filter((outcome) => !isDeepStrictEqual(outcome, expected))
  complaints.push(...wrong.map((outcome) => `${rotation}, ${point}: ${JSON.stringify(outcome)}`))
  const recovered = outcomes.filter(({ status }) => status === 200).length
  const asked = outcomes.filter(({ state }) => state === 'auth_required').length
  return [recovered > 0 && `${recovered} went on`, asked > 0 && `${asked} ask a person`].filter(Boolean).join(', ')
}

async function run(): Promise<void> {
  const startedAt = performance.now()
  const complaints = [...(await soakStorm()), ...(await soakKills())]
  console.log(`\n${Math.round((performance.now() - startedAt) / 1000)} s. ${complaints.length === 0 ? 'Everything was as it has to be: never two owners, nothing readable on a disk.' : complaints.join('\n')}`)
  process.exitCode = complaints.length === 0 ? 0 : 1
}

run().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
