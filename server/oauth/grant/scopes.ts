// MCP 2025-11-25 authorization, Scope Selection Strategy, and the union on step-up of 2026-07-28.

export interface ScopeSources {
  /** `scope` of the challenge: what this request needs, in the server's own words. */
  challenged: string | undefined
  /** `scopes_supported` of the resource. */
  resourceScopes: readonly string[] | undefined
  /** `scopes_supported` of the authorization server. */
  serverScopes: readonly string[] | undefined
  /** Granted or asked for before; a step-up must not lose them. */
  previous: readonly string[]
}

/** Undefined: leave `scope` out, and let the server decide. */
export function chooseScope({ challenged, resourceScopes, serverScopes, previous }: ScopeSources): string | undefined {
  const wanted = challenged === undefined ? (resourceScopes ?? []) : splitScope(challenged)
  const scopes = new Set([...previous, ...wanted])
  // Without it some servers issue no refresh token; those that do not know it may refuse the whole request.
  if (scopes.size > 0 && serverScopes?.includes('offline_access')) scopes.add('offline_access')
  return scopes.size === 0 ? undefined : [...scopes].join(' ')
}

/** Whether every scope of `wanted` is among those of `scope`. */
export function coversScope(scope: string | null, wanted: string): boolean {
  const had = new Set(splitScope(scope ?? ''))
  return splitScope(wanted).every((each) => had.has(each))
}

/** RFC 6749 §3.3: scope-token = 1*( %x21 / %x23-5B / %x5D-7E ). What is none is not passed on. */
export const splitScope = (scope: string): string[] => scope.split(' ').filter((token) => /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(token))
