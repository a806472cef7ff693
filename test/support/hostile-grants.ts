// The books of an authorization server: clients, codes, tokens, and what it does with a refresh token that is used twice.
// Everything that it hands out is recognisable wherever it turns up.
import { createHash } from 'node:crypto'
import { type Canary, createPlainCanary } from './canary.ts'

/** What a used refresh token is: the end of all its kind (RFC 9700 §4.14.2), still good for a while, or never replaced. */
export type Rotation = 'strict' | 'grace' | 'none'

export interface TokenAnswer {
  status: number
  body: Record<string, unknown>
}

/** Of one consent. */
interface Family {
  resource: string
  clientId: string
  isEnded: boolean
}
interface Code extends Family {
  redirectUri: string
  challenge: string
}

const refusal = (error: string, status = 400): TokenAnswer => ({ status, body: { error } })

export class HostileGrants {
  /** Codes, tokens and client secrets so far. */
  readonly issued: Canary[] = []
  /** Refresh tokens that were shown again after they had been replaced. */
  reuses = 0
  readonly #clients = new Map<string, string | undefined>()
  readonly #codes = new Map<string, Code>()
  readonly #refreshTokens = new Map<string, { family: Family; isUsed: boolean }>()
  readonly #accessTokens = new Map<string, Family>()

  register(withSecret: boolean): { client_id: string; client_secret?: string } {
    const clientId = `client-${this.#clients.size + 1}`
    const secret = withSecret ? this.#issue('a client secret') : undefined
    this.#clients.set(clientId, secret)
    return { client_id: clientId, ...(secret !== undefined && { client_secret: secret }) }
  }

  forgetClients(): void {
    this.#clients.clear()
  }

  endAll(): void {
    for (const family of this.#accessTokens.values()) family.isEnded = true
  }

  authorize(request: URLSearchParams): string {
    const of = (name: string) => request.get(name) ?? ''
    const code = this.#issue('a code')
    const family = { clientId: of('client_id'), resource: of('resource'), isEnded: false }
    this.#codes.set(code, { ...family, redirectUri: of('redirect_uri'), challenge: of('code_challenge') })
    return code
  }

  /** Whether the client is one of ours and has shown its secret. */
  isClient(clientId: string, secret: string | undefined): boolean {
    return this.#clients.has(clientId) && this.#clients.get(clientId) === secret
  }

  exchange(form: URLSearchParams, clientId: string): TokenAnswer {
    const code = this.#codes.get(form.get('code') ?? '')
    this.#codes.delete(form.get('code') ?? '')
    const challenge = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url')
    const isMatch = code?.clientId === clientId && code.redirectUri === form.get('redirect_uri') && code.challenge === challenge
    if (!code || !isMatch) return refusal('invalid_grant')
    return code.resource === form.get('resource') ? this.#grant(code, true) : refusal('invalid_target')
  }

  refresh(form: URLSearchParams, clientId: string, rotation: Rotation): TokenAnswer {
    const held = this.#refreshTokens.get(form.get('refresh_token') ?? '')
    if (!held || held.family.isEnded || held.family.clientId !== clientId) return refusal('invalid_grant')
    if (held.family.resource !== form.get('resource')) return refusal('invalid_target')
    if (held.isUsed) this.reuses++
    if (held.isUsed && rotation === 'strict') {
      held.family.isEnded = true
      return refusal('invalid_grant')
    }
    if (rotation !== 'none') held.isUsed = true
    return this.#grant(held.family, rotation !== 'none')
  }

  revoke(token: string): void {
    const family = this.#refreshTokens.get(token)?.family ?? this.#accessTokens.get(token)
    if (family) family.isEnded = true
  }

  isGood(accessToken: string, resource: string): boolean {
    const family = this.#accessTokens.get(accessToken)
    return family?.resource === resource && !family.isEnded
  }

  #grant(family: Family, withRefreshToken: boolean): TokenAnswer {
    const accessToken = this.#issue('an access token')
    this.#accessTokens.set(accessToken, family)
    const body = { access_token: accessToken, token_type: 'Bearer' }
    if (!withRefreshToken) return { status: 200, body }
    const refreshToken = this.#issue('a refresh token')
    this.#refreshTokens.set(refreshToken, { family, isUsed: false })
    return { status: 200, body: { ...body, refresh_token: refreshToken } }
  }

  #issue(name: string): string {
    const canary = createPlainCanary(`${name} (${this.issued.length + 1})`)
    this.issued.push(canary)
    return canary.value
  }
}
