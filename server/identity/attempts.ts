// What strangers may try, counted before it is tried.
import type { House } from '../context/context.ts'
import type { ReadOrigin } from '../lib/request-origin.ts'
import type { Browser } from './browser.ts'
import { tooManyAttempts } from './identity-errors.ts'

export interface Attempt {
  /** It was no guess: the address is not held to it, and the account starts anew. */
  succeeded(): void
}

/** @throws identity.too_many_attempts */
export function beginAttempt({ attempts }: Pick<House, 'attempts'>, { address }: Browser, account?: string): Attempt {
  const network = networkOf(address)
  const wait = attempts.byAddress.take(network) ?? (account === undefined ? undefined : attempts.byAccount.take(account))
  if (wait !== undefined) throw tooManyAttempts(wait)
  return {
    succeeded() {
      attempts.byAddress.giveBack(network)
      if (account !== undefined) attempts.byAccount.forget(account)
    },
  }
}

/** Before anything is looked up for a stranger who has shown too many that are none. @throws identity.too_many_attempts */
export function refuseGuesser({ attempts }: Pick<House, 'attempts'>, readOrigin: ReadOrigin | undefined): void {
  const wait = readOrigin && attempts.atCredential.waitOf(networkOf(readOrigin().address))
  if (wait !== undefined) throw tooManyAttempts(wait)
}

/** A credential was none. @throws identity.too_many_attempts */
export function countGuess({ attempts }: Pick<House, 'attempts'>, readOrigin: ReadOrigin | undefined): void {
  const wait = readOrigin && attempts.atCredential.take(networkOf(readOrigin().address))
  if (wait !== undefined) throw tooManyAttempts(wait)
}

/** One subscriber of IPv6 has a whole /64 (RFC 6177), so an address of it is nobody in particular. */
export function networkOf(address: string): string {
  if (!address.includes(':') || !URL.canParse(`http://[${address}]`)) return address
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail ? tail.split(':') : []
  const groups = tail === undefined ? left : [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right]
  return groups.slice(0, 4).join(':')
}
