// Structured logs by allow list: a line holds the fields named here and nothing else of a request or
// an error. Never bodies, headers, query strings or upstream text (security.md: log allow lists).
import { pino, type DestinationStream } from 'pino'
import { isAppError } from './app-error.ts'

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

export interface LogFields {
  requestId?: string
  method?: string
  /** The route's template (`/{namespace}/{connectionId}`), never the path itself. */
  route?: string
  status?: number
  durationMs?: number
  actor?: string
  namespace?: string
  connectionUid?: string
  code?: string
  error?: unknown
  [extra: string]: unknown
}

export interface Logger {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
}

/** What of an error may be logged: name, code, our own message, and the stack's places. */
function describeError(error: unknown): unknown {
  if (isAppError(error)) return { name: error.name, code: error.code, message: error.message, cause: describeCause(error.cause) }
  return describeCause(error)
}

function describeCause(error: unknown): unknown {
  if (!(error instanceof Error)) return error === undefined ? undefined : { type: typeof error }
  // A foreign error's message may quote what a stranger sent (a URL with a key, an upstream body):
  // its class, code and stack frames find the bug; its text stays out.
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 8).map((line) => line.trim())
  return { name: error.name, code: (error as { code?: unknown }).code, frames }
}

export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const base = pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } }, destination ?? pino.destination({ fd: 2, sync: false }))
  const line = (write: (fields: object, message: string) => void) => (message: string, fields: LogFields = {}) =>
    write('error' in fields ? { ...fields, error: describeError(fields.error) } : fields, message)
  return {
    debug: line((fields, message) => base.debug(fields, message)),
    info: line((fields, message) => base.info(fields, message)),
    warn: line((fields, message) => base.warn(fields, message)),
    error: line((fields, message) => base.error(fields, message)),
  }
}

export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} }
