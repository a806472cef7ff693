// What the library asks while it exchanges a code or a refresh token. Each step that uses something up is a compare and swap.
import { findDownstreamClient } from '../../db/queries/downstream-clients.ts'
import { findDownstreamGrant, findGrantByCode, findGrantByFamily, redeemGrantCode, replaceRefreshToken } from '../../db/queries/downstream-grants.ts'
import type { DownstreamGrantRow } from '../../db/schema/downstream-grant.ts'
import { contextFor, type House } from '../context/context.ts'
import { digestOfToken, isSecretToken } from '../identity/secret-token.ts'
import type { ReadOrigin } from '../lib/request-origin.ts'
import { SECOND_MS } from '../lib/units.ts'
import { findMinter } from '../tokens/find-minter.ts'
import { mintToken } from '../tokens/mint-token.ts'
import type { MintTokenInput } from '../tokens/token-input.ts'
import { endGrant, type EndReason } from './end-grant.ts'
import { ACCESS_TOKEN_MS, GRANT_MS } from './grant-lifetimes.ts'
import { type AuthorizationCode, clientOf, invalidTarget, NEVER, type RefreshToken, type Token, type TokenModel } from './oauth-library.ts'
import { hashesOf, newRefreshToken, readRefreshToken, type RefreshTokenParts, writeRefreshToken } from './refresh-token.ts'

export interface Exchange {
  house: House
  requestId: string
  readOrigin: ReadOrigin
  clientId: string | undefined
  /** RFC 8707. */
  resource: string | undefined
}

/** For one exchange. */
export class GrantModel implements TokenModel {
  readonly #exchange: Exchange
  #grant: DownstreamGrantRow | undefined
  #presented: RefreshTokenParts | undefined
  #next: RefreshTokenParts | undefined
  #accessToken: string | undefined
  #isCodeUsed = false

  constructor(exchange: Exchange) {
    this.#exchange = exchange
  }

  async getClient(id: string) {
    const row = await findDownstreamClient(this.#exchange.house.db, id)
    return row && clientOf(row.id, row.redirectUris)
  }

  async getAuthorizationCode(code: string): Promise<AuthorizationCode | undefined> {
    const { db } = this.#exchange.house
    const grant = isSecretToken(code) ? await findGrantByCode(db, digestOfToken(code)) : undefined
    if (!grant || !this.#isClients(grant)) return undefined
    // Somebody else has the code, too: what came of it ends (RFC 6749 §4.1.2).
    if (grant.redeemedAt !== null) return this.#end(grant, 'downstream.code_reused')
    if (grant.expiresAt <= db.now()) return undefined
    this.#requireResource(grant)
    this.#grant = grant
    const { redirectUri, codeChallenge } = grant
    return { authorizationCode: code, expiresAt: NEVER, redirectUri, codeChallenge, codeChallengeMethod: 'S256', client: clientOf(grant.clientId), user: {} }
  }

  async revokeAuthorizationCode(): Promise<boolean> {
    const { db } = this.#exchange.house
    this.#next = newRefreshToken()
    const at = db.now()
    this.#isCodeUsed = await redeemGrantCode(db, { id: this.#known.id, ...hashesOf(this.#next), at, expiresAt: at + GRANT_MS })
    return this.#isCodeUsed
  }

  async getRefreshToken(token: string): Promise<RefreshToken | undefined> {
    const { db } = this.#exchange.house
    const presented = readRefreshToken(token)
    const grant = presented && (await findGrantByFamily(db, hashesOf(presented).familyHash))
    if (!grant || !this.#isClients(grant) || grant.expiresAt <= db.now()) return undefined
    // One that was replaced: either it was stolen, or its replacement was (RFC 9700 §4.14.2).
    if (grant.refreshHash !== hashesOf(presented).refreshHash) return this.#end(grant, 'downstream.refresh_reused')
    this.#requireResource(grant)
    this.#grant = grant
    this.#presented = presented
    return { refreshToken: token, client: clientOf(grant.clientId), user: {} }
  }

  /** The access token before: if it cannot be minted, the refresh token still counts. */
  async revokeToken(): Promise<boolean> {
    const { db } = this.#exchange.house
    const presented = this.#presented!
    await this.#mint()
    this.#next = newRefreshToken(presented.family)
    const at = db.now()
    const { refreshHash } = hashesOf(presented)
    const isReplaced = await replaceRefreshToken(db, { id: this.#known.id, refreshHash, nextHash: hashesOf(this.#next).refreshHash, at, expiresAt: at + GRANT_MS })
    if (!isReplaced) await this.#end(this.#known, 'downstream.refresh_reused')
    return isReplaced
  }

  async generateAccessToken(): Promise<string> {
    return this.#accessToken ?? this.#mint()
  }

  async generateRefreshToken(): Promise<string> {
    return writeRefreshToken(this.#next!)
  }

  /** All is stored by now; unless it was ended meanwhile, and then what was minted ends with it. */
  async saveToken(token: Token, client: Token['client'], user: Token['user']): Promise<Token | undefined> {
    const { house } = this.#exchange
    if (!(await findDownstreamGrant(house.db, this.#known.id))) {
      await this.#end(this.#known, 'downstream.code_refused')
      return undefined
    }
    return { ...token, client, user }
  }

  /** The exchange failed: a code that was used up for nothing leaves no grant behind. */
  async abandon(): Promise<void> {
    if (this.#isCodeUsed) await this.#end(this.#known, 'downstream.code_refused')
  }

  get #known(): DownstreamGrantRow {
    return this.#grant!
  }

  /** Another client's is none: who shows it learns nothing, and ends nothing. */
  readonly #isClients = ({ clientId }: DownstreamGrantRow): boolean => clientId === this.#exchange.clientId

  #requireResource({ audience }: DownstreamGrantRow): void {
    const { resource } = this.#exchange
    if (resource !== undefined && resource !== audience) throw invalidTarget()
  }

  /** As the member who agreed is now. */
  async #mint(): Promise<string> {
    const { house, requestId, readOrigin } = this.#exchange
    const { id, memberId, audience, policy } = this.#known
    const minter = await findMinter(house, `member:${memberId}`)
    if (!minter) throw new Error('a grant outlived its member')
    const context = contextFor(house, minter.actor, requestId, readOrigin)
    const input: MintTokenInput = { policy: policy as MintTokenInput['policy'], ttl: ACCESS_TOKEN_MS / SECOND_MS }
    const { token } = await mintToken(context, input, { grantId: id, audience })
    this.#accessToken = token
    return token
  }

  async #end(grant: DownstreamGrantRow, reason: EndReason): Promise<undefined> {
    const { house, requestId, readOrigin } = this.#exchange
    const actor = { kind: 'member', id: grant.memberId, organizationId: grant.organizationId } as const
    await endGrant(house, { actor, requestId, readOrigin }, grant, reason)
    return undefined
  }
}
