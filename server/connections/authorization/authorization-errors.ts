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
