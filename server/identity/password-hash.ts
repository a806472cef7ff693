// Passwords as Argon2id hashes (RFC 9106), computed off the event loop and two at a time: each takes 19 MiB, and
// everybody may ask for one.
import { hash, verify } from '@node-rs/argon2'
import { AppError } from '../lib/app-error.ts'
import { createTurnstile } from '../lib/turnstile.ts'

/** OWASP Password Storage Cheat Sheet: m=19456 (19 MiB), t=2, p=1. Argon2id is the library's own default. */
const COSTS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Of a password that nobody knows, with the same costs. */
const NOBODYS = '$argon2id$v=19$m=19456,t=2,p=1$z0isxBOFsTUeG+xfNmJFAg$dvXsF1ryZNFyvtem6U2+4R5dprk9h5clB9+eqxAlN6c'

const busy = () =>
  new AppError({
    code: 'identity.busy',
    kind: 'unavailable',
    message: 'Too many people are signing in at this moment. Try again in a few seconds.',
    retryAfterSeconds: 5,
  })

const turnstile = createTurnstile({ running: 2, waiting: 50, refuse: busy })

/** NIST SP 800-63B-4 §3.1.1.2: one spelling of what is one text. */
const normal = (password: string): string => password.normalize('NFKC')

export const hashPassword = (password: string): Promise<string> => turnstile.run(() => hash(normal(password), COSTS))

/** Without a hash it takes as long, so that the time does not tell who has an account. */
export async function isPassword(password: string, passwordHash: string | undefined): Promise<boolean> {
  const matches = await turnstile.run(() => verify(passwordHash ?? NOBODYS, normal(password)))
  return matches && passwordHash !== undefined
}
