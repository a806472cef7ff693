import { AppError } from '../lib/app-error.ts'

export const adminNotRunning = (cause: unknown) =>
  new AppError({ code: 'admin.not_running', kind: 'unavailable', message: 'No running Plugboard answers on its admin socket.', cause })

export const adminSocketFailed = (path: string, cause: unknown) =>
  new AppError({
    code: 'admin.socket_failed',
    kind: 'unavailable',
    message: `The admin socket ${path} failed (${(cause as NodeJS.ErrnoException).code ?? 'unknown'}).`,
    cause,
  })

export const adminSocketPathTooLong = (path: string) =>
  new AppError({
    code: 'admin.socket_path_too_long',
    kind: 'unavailable',
    message: `The path ${path} is too long for a socket. Choose a DATA_DIR with a shorter path to run maintenance beside the server.`,
  })

export const adminSocketTaken = (path: string) =>
  new AppError({
    code: 'admin.socket_taken',
    kind: 'conflict',
    message: `Another Plugboard answers on ${path}. Give each its own DATA_DIR.`,
  })

export const adminRouteUnknown = () =>
  new AppError({
    code: 'admin.route_unknown',
    kind: 'not_found',
    message: 'The running Plugboard does not know this maintenance command. Restart it with this version.',
  })
