// What opens something for whoever holds it: session ids, invitation links. 256 random bits, of which only the hash is stored.
import { hash } from 'node:crypto'
import { randomBase62 } from '../lib/ids.ts'

export const newSecretToken = (): string => randomBase62(43)

/** SHA-256 in hex. */
export const digestOfToken = (token: string): string => hash('sha256', token, 'hex')

export const isSecretToken = (text: string): boolean => /^[0-9A-Za-z]{43}$/.test(text)
