// What a page is given for one request: the only way from a loader to the house.
import type { Caller } from '../api/caller.ts'
import type { ConnectionStatus } from '../connections/connection-view.ts'
import type { ConsentVisit } from '../downstream-oauth/consent-visit.ts'
import type { MemberRole } from '../policy/actor.ts'

export type { AppRouter } from '../api/router.ts'
export type { MemberRole } from '../policy/actor.ts'
export type { ConsentVisit } from '../downstream-oauth/consent-visit.ts'
export type ConnectionState = ConnectionStatus['state']

export interface StatusSummary {
  mode: 'laptop' | 'server'
  /** Without a trailing slash. */
  publicUrl: string
  /** Undefined on a server: the page is public there, and a stranger learns nothing about the operator's installation. */
  detail: StatusDetail | undefined
}

export interface StatusDetail {
  version: string
  uptimeSeconds: number
  database: { kind: 'file' | 'remote'; reachable: boolean }
  /** Of all namespaces; a state without connections may be left out. */
  connections: Partial<Record<ConnectionState, number>>
  /** Where the root key lies, relative to where Plugboard was started; undefined if it came from the environment. */
  keyFile: string | undefined
  /** A call that works now, against the demo connection; undefined if there is none. */
  firstCall: FirstCall | undefined
}

export interface FirstCall {
  namespace: string
  connectionId: string
  tool: string
  arguments: Record<string, unknown>
}

/** The member whose browser this is. */
export interface Visitor {
  memberId: string
  name: string
  email: string
  role: MemberRole
  organization: { id: string; name: string }
  /** Names the session in the list of sessions. */
  sessionHandle: string
}

/** What makes the browser remember, or forget, who it is: the value of a Set-Cookie header. */
export interface Admission {
  setCookie: string
}

export interface NewOwner {
  setupCode: string
  organization: string
  namespace: string
  name: string
  email: string
  password: string
}

/** The first owner, with all that a first call needs. */
export interface Arrival extends Admission {
  namespace: string
  /** Shown this once. */
  key: string
  firstCall: FirstCall | undefined
}

export interface OpenInvitation {
  email: string
  organization: string
  role: MemberRole
  /** Undefined if that member is gone. */
  invitedBy: string | undefined
}

/** What cannot be a procedure, because it gives a browser its cookie or takes it away. */
export interface AccountDoor {
  /** True until the first member exists. */
  needsOwner(): Promise<boolean>
  /** @throws identity.setup_code, identity.owner_exists, identity.too_many_attempts, input.invalid, namespace.taken */
  createOwner(owner: NewOwner): Promise<Arrival>
  /** @throws identity.sign_in_refused, identity.too_many_attempts */
  signIn(input: { email: string; password: string }): Promise<Admission>
  signOut(): Promise<Admission>
  findInvitation(token: string): Promise<OpenInvitation | undefined>
  /** @throws identity.invitation_not_found, identity.email_taken, identity.too_many_attempts, input.invalid */
  acceptInvitation(input: { token: string; name: string; password: string }): Promise<Admission>
  /** Ends all other sessions. @throws identity.password_wrong, identity.too_many_attempts, input.invalid */
  changePassword(input: { current: string; next: string }): Promise<Admission>
}

/** What a person is told before they let this organization use an account of theirs. */
export interface SetupVisit {
  organization: string
  name: string
  /** The MCP server's. */
  host: string
  /** Who will ask them to sign in; undefined if that could not be found out: then `problem` says why, or the yes will show. */
  issuer: SetupIssuer | undefined
  problem: Problem | undefined
}

export interface SetupIssuer {
  host: string
  scopes: string[]
  isOnAnotherSite: boolean
  /** It registers nobody by itself: a client has to be made there by hand, with this redirect URI. */
  clientWanted: { redirectUri: string; clientId: string | undefined } | undefined
}

/** The connect page, the callback, and what authorization servers read about us. */
export interface SetupDoor {
  /** Undefined for a link that does not work any more. Changes nothing. */
  visit(token: string): Promise<SetupVisit | undefined>
  /** The person said yes; `client` is what they typed where a client is wanted. @throws authorization.*, input.invalid, oauth.*, upstream.* */
  begin(token: string, client: { clientId: string; clientSecret: string } | undefined): Promise<Admission & { location: string }>
  /**
   * The browser is back. `returnUrl` says how it went, if the app wants the person back, and then refusals do not throw.
   * @throws authorization.request_not_found, authorization.already_done, oauth.*
   */
  finish(issuerHash: string, parameters: URLSearchParams): Promise<{ connectionId: string; status: ConnectionStatus; returnUrl: string | undefined }>
  clientDocument(file: string): Record<string, unknown> | undefined
}

/** What a member answers an app that asks for access. */
export interface ConsentDoor {
  /** `parameters`: what the app wrote into the address. Gives nothing. */
  visit(parameters: URLSearchParams): Promise<ConsentReading>
  /** Where the browser goes with the answer. @throws identity.unauthenticated, downstream.*, namespace.not_found, input.invalid */
  allow(parameters: URLSearchParams, picked: { connectionIds: string[]; metadata: { key: string; value: string } | undefined }): Promise<string>
  refuse(parameters: URLSearchParams): Promise<string>
}

export type ConsentReading =
  | { kind: 'asked'; visit: ConsentVisit }
  /** Nobody is sent anywhere. */
  | { kind: 'refused'; problem: Problem | undefined }
  /** The app hears of its mistake. */
  | { kind: 'returned'; location: string }
  | { kind: 'signed_out' }

/** What of an error may be shown. */
export interface Problem {
  /** Stable, `room.reason`. */
  code: string
  message: string
  status: number
  side: 'caller' | 'plugboard' | 'upstream'
  /** A path into what was sent (`headers.x-api-key`), if one part of it is to blame. */
  field: string | undefined
  /** The upstream's own words: a stranger's text. */
  upstreamText: string | undefined
  retryAfterSeconds: number | undefined
  requestId: string
}

export interface PageContext {
  /** Of this answer's content security policy. */
  nonce: string
  requestId: string
  /** When the request came, in ms since 1970: what a page calls now. */
  now: number
  /** Where this installation is reached, without a trailing slash. */
  publicUrl: string
  /** For the start page: it counts every connection there is. */
  status(): Promise<StatusSummary>
  /** Undefined for a stranger. */
  visitor: Visitor | undefined
  /** The procedures, as the visitor; a stranger's calls are refused. */
  api: Caller
  account: AccountDoor
  setup: SetupDoor
  consent: ConsentDoor
  /** For an error that was foreseen; undefined for any other, and for what is no error (a redirect). */
  explain(error: unknown): Problem | undefined
  /** An error that a page did not foresee, for the log. */
  reportError(error: unknown): void
}
