// What other processes did to service tokens: ended one, or changed or ended the key or the member that minted it.
import { listTokenRevocationsAfter } from '../../db/queries/token-revocations.ts'
import type { House } from '../context/context.ts'
import { findMinters, forgetMinter } from './find-minter.ts'

/** One round for all who wait for it; each asks for what is new. */
export const learnRevocations = (house: House): Promise<void> => house.flights.rounds.run('revocations', () => learn(house))

async function learn(house: House): Promise<void> {
  const { caches, revocations } = house
  const askedAtMs = house.db.now()
  const known = caches.minters.values()
  const [news, current] = await Promise.all([
    listTokenRevocationsAfter(house.db, revocations.sequence),
    findMinters(house, known.map(({ principal }) => principal)),
  ])
  for (const { principal, actor, version } of known) if (current.get(principal)?.version !== version) forgetMinter(house, actor.id)
  for (const revocation of news) {
    revocations.add(revocation)
    revocations.sequence = Math.max(revocations.sequence, revocation.sequence)
  }
  revocations.settle(askedAtMs)
}
