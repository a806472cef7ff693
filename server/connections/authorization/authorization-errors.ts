import { AppError } from '../../lib/app-error.ts'

/** Whoever may write to the connection finds its setup link in its status. */
export const reauthorizationRequired = () =>
  new AppError({
    code: 'connection.auth_required',
    kind: 'auth_required',
    message: 'Authorization required: somebody has to open the setup link in the connection’s status and sign in again.',
  })

export const setupLinkInvalid = () =>
  new AppError({ code: 'authorization.link_invalid', kind: 'not_found', message: 'This link does not work any more. Ask for a new one.' })

export const tooManyOpenRequests = () =>
  new AppError({
    code: 'authorization.too_many_open',
    kind: 'rate_limited',
    message: 'This connection has been opened too often at once. Finish one of the sign-ins, or try again in ten minutes.',
    retryAfterSeconds: 600,
  })

/** Used, expired, unknown, or another browser's: which of them is nobody's business but the log's. */
export const authorizationRequestNotFound = () =>
  new AppError({
    code: 'authorization.request_not_found',
    kind: 'not_found',
    message: 'This sign-in was already finished, took too long, or was started in another browser. Open the link again.',
  })

/** Somebody else finished first: what they got stays, what we got is given back. */
export const alreadyAuthorized = () =>
  new AppError({ code: 'authorization.already_done', kind: 'conflict', message: 'Somebody finished this sign-in a moment ago. There is nothing left to do.' })

/** The MCP server names another authorization server than the one that the client was given for or used at. */
export const clientOfAnotherIssuer = () =>
  new AppError({
    code: 'authorization.client_of_another_issuer',
    kind: 'conflict',
    message: 'The client id of this connection belongs to another authorization server than the one its MCP server names now. Set oauthClient again if that is right.',
  })

export const clientNeeded = () =>
  new AppError({
    code: 'authorization.client_needed',
    kind: 'input_required',
    message: 'This authorization server knows no way to register by itself. Give the connection a client id of your own.',
  })

/** With the words of whoever refused. */
const refusalOf = (cause: AppError | undefined) => cause && { cause, ...(cause.details && { details: cause.details }) }

/** Without a person: what the connection was given to ask with is wrong, or not allowed to ask like this. */
export const clientRefused = (cause?: AppError) =>
  new AppError({
    code: 'authorization.client_refused',
    kind: 'upstream',
    message: 'The authorization server does not accept the client of this connection. Check there what it may do, and give the connection its client again (oauthClient).',
    ...refusalOf(cause),
  })

/** Whoever signed in at the organization's own identity provider has to do so again, and the app hands over what it gets. */
export const identityRefused = (cause?: AppError) =>
  new AppError({
    code: 'authorization.identity_refused',
    kind: 'auth_required',
    message: 'The identity that this connection acts for is not accepted any more. Give it a new ID token or assertion (oauthClient).',
    ...refusalOf(cause),
  })

/** A token that came a moment ago. */
export const freshTokenRefused = () =>
  new AppError({
    code: 'authorization.token_unwelcome',
    kind: 'upstream',
    message: 'The MCP server refuses the token that its authorization server gives to this connection. Check there what the client may do.',
  })

export const askedTooOften = (retryAfterSeconds: number) =>
  new AppError({
    code: 'authorization.asked_too_often',
    kind: 'rate_limited',
    message: 'The authorization server has just refused this connection several times. Check its client, or try again in a minute.',
    retryAfterSeconds,
  })

export const signsInByItself = () =>
  new AppError({
    code: 'authorization.signs_in_by_itself',
    kind: 'conflict',
    message: 'Nobody signs in for this connection: it has a client of its own that asks for tokens. Set oauthClient to change that.',
  })
