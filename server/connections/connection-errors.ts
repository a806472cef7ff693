import { AppError } from '../lib/app-error.ts'
import type { ConnectionStatus } from './connection-view.ts'

export const connectionNotFound = () =>
  new AppError({ code: 'connection.not_found', kind: 'not_found', message: 'Connection not found' })

export const connectionIdTaken = (connectionId: string) =>
  new AppError({
    code: 'connection.id_taken',
    kind: 'conflict',
    message: `connectionId: "${connectionId}" is taken in this namespace; choose another, or change that connection`,
    details: { field: 'connectionId' },
  })

export const connectionUrlMismatch = (connectionId: string) =>
  new AppError({
    code: 'connection.url_mismatch',
    kind: 'conflict',
    message: `The connection "${connectionId}" exists with another mcpUrl. A connection keeps its server: delete it first, or choose another id.`,
  })

export const connectionChangedMeanwhile = () =>
  new AppError({
    code: 'connection.changed',
    kind: 'conflict',
    message: 'The connection was changed by someone else at the same moment. Read it again and repeat the change.',
  })

/** The stored credential was sealed for another server than the one it would go to. */
export const credentialDestinationMismatch = () =>
  new AppError({
    code: 'connection.credential_destination_mismatch',
    kind: 'internal',
    message: 'The stored credential belongs to another server address; nothing was sent. Set the connection\'s headers again.',
  })

/** The dialect's answer: what is missing, in the words of the connection's status. */
export const inputRequired = ({ http, missing }: Extract<ConnectionStatus, { state: 'input_required' }>) =>
  new AppError({
    code: 'connection.input_required',
    kind: 'input_required',
    message: 'Input required: somebody has to open the setup link in the connection’s status and give what is missing there.',
    details: { http, missing },
  })

export const vouchingForbidden = () =>
  new AppError({
    code: 'connection.vouching_forbidden',
    kind: 'forbidden',
    message: 'oauth: a credential with limits cannot vouch for an authorization server. Ask an API key without limits, or a person, to set it.',
    details: { field: 'oauth' },
  })
