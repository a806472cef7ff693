import { AppError } from '../lib/app-error.ts'

/** MCP tools §error handling: an unknown name is a wrong parameter. */
const INVALID_PARAMS = -32602

/** The same for what this caller must not know of. */
export const unknownName = (what: 'tool' | 'prompt' | 'resource') =>
  new AppError({
    code: `aggregate.unknown_${what}`,
    kind: 'invalid',
    message: `There is no ${what} of this name behind this endpoint, or not for this credential. Names start with the id of a connection; list them again.`,
    details: { jsonRpcCode: INVALID_PARAMS },
  })

export const tooManyConnections = (max: number) =>
  new AppError({
    code: 'aggregate.too_many_connections',
    kind: 'conflict',
    message: `This credential sees more than ${max} connections in the namespace, too many for one list. Use a service token for some of them, or a connection's own endpoint.`,
    details: { max },
  })

export const unknownCursor = () =>
  new AppError({ code: 'aggregate.unknown_cursor', kind: 'invalid', message: 'cursor: is not one that a list returned', details: { jsonRpcCode: INVALID_PARAMS } })

export const tookTooLong = () =>
  new AppError({ code: 'aggregate.too_slow', kind: 'timeout', message: 'The MCP server did not list what it has in time; the other connections are not kept waiting.' })

export const waitsForPerson = () =>
  new AppError({
    code: 'aggregate.waits_for_person',
    kind: 'auth_required',
    message: 'This connection waits for a person. The tool plugboard_connections says where to send them, if this credential may know.',
  })

export const methodNotOffered = () =>
  new AppError({
    code: 'aggregate.method_not_offered',
    kind: 'method_not_allowed',
    message: 'The endpoint of a namespace does not offer this method. What needs a session of one’s own is done at the endpoint of one connection.',
    details: { jsonRpcCode: -32601 },
  })
