// Which names a namespace may have. The REST dialect lives at the root (`/{namespace}`), so every
// word the router uses is taken; the router's test walks this list.
import { z } from 'zod'

export const RESERVED_NAMES: ReadonlySet<string> = new Set(
  `namespaces servers tokens keys skills organizations connect connect-sessions mcp trpc api auth oauth setup app docs
   login logout sign-in sign-out callback assets build static health healthz readyz metrics openapi connect.js server client db test
   public src node_modules welcome invite account admin favicon robots settings theme`.split(/\s+/),
)

const NAME = /^[a-z0-9](?:[a-z0-9-]{1,37})[a-z0-9]$/

export const isReservedName = (name: string): boolean => RESERVED_NAMES.has(name) || name.startsWith('_') || name.startsWith('.')

export const namespaceName = z
  .string()
  .regex(NAME, 'must be 3-39 lowercase letters, digits and hyphens, starting and ending with a letter or digit')
  .refine((name) => !isReservedName(name), 'is a reserved word; choose another name')
