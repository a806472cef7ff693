// Which passwords are accepted: length counts, composition does not (NIST SP 800-63B-4 §3.1.1.2).
import { z } from 'zod'
import { invalidInput } from '../lib/app-error.ts'

const MIN_LENGTH = 12
const MAX_LENGTH = 200

/** The commonest of this length in published leaks, without case. */
const COMMON = new Set(
  `123456789012 1234567890123 12345678901234 123456789123 123123123123 1234567890qw 1q2w3e4r5t6y qwertyuiop12 qwertyuiop123
   qwerty123456 qwertyqwerty asdfghjkl123 1qaz2wsx3edc 1qaz2wsx3edc4rfv password1234 password12345 passwordpassword password123456
   iloveyou1234 iloveyouiloveyou letmeinletmein welcome12345 administrator administrator1 changemechangeme correcthorsebatterystaple`.split(/\s+/),
).add('correct horse battery staple')

/** As a schema, for lengths alone; what else is wrong with one depends on whose it is. */
export const newPassword = z
  .string()
  .refine((text) => lengthOf(text) >= MIN_LENGTH, `needs at least ${MIN_LENGTH} characters; a sentence is fine`)
  .refine((text) => lengthOf(text) <= MAX_LENGTH, `takes at most ${MAX_LENGTH} characters`)

const lengthOf = (text: string): number => [...text].length

const plain = (text: string): string => text.normalize('NFKC').trim().toLowerCase()

/** @throws input.invalid, naming `field` */
export function requireUncommonPassword(field: string, password: string, whose: { email: string; names: readonly string[] }): void {
  const text = plain(password)
  const isOwnName = [whose.email, ...whose.names].some((name) => plain(name) === text)
  if (isOwnName) throw invalidInput(field, 'is the first thing that somebody would try: it is the name or the address itself')
  if (COMMON.has(text) || isRepetition(text)) throw invalidInput(field, 'is one of the passwords that are tried first; choose another')
}

/** One or two characters, or a short run of them, again and again. */
const isRepetition = (text: string): boolean => /^(.{1,4})\1+$/u.test(text)
