// What can go wrong between us and the database, in words for whoever waits for an answer or reads the
// terminal. Recognised by code, never by message text; codes are SQLite's result codes.
import { AppError } from '../server/lib/app-error.ts'

export const databaseBusy = (cause: unknown) =>
  new AppError({
    code: 'database.busy',
    kind: 'unavailable',
    message: 'The database is busy with another write. Try again in a moment.',
    retryAfterSeconds: 1,
    cause,
  })

export const databaseUnreachable = (cause: unknown) =>
  new AppError({
    code: 'database.unreachable',
    kind: 'unavailable',
    message: 'The database server gave no usable answer. Try again; if it persists, check DATABASE_URL and the server behind it.',
    retryAfterSeconds: 1,
    cause,
  })

/** A row was written for a parent (a namespace, a connection) that was deleted meanwhile. */
export const parentDeleted = (cause: unknown) =>
  new AppError({
    code: 'database.parent_deleted',
    kind: 'conflict',
    message: 'What this belongs to was deleted in the meantime. Nothing was written.',
    cause,
  })

export const databaseLocked = (path: string, holderPid: number | undefined) =>
  new AppError({
    code: 'database.locked',
    kind: 'unavailable',
    message: `another Plugboard process (pid ${holderPid ?? 'unknown'}) uses ${path}; stop it or set DATA_DIR`,
  })

export const newerSchema = (unknownVersions: readonly string[]) =>
  new AppError({
    code: 'database.newer_schema',
    kind: 'unavailable',
    message: `a newer Plugboard migrated this database (${unknownVersions.join(', ')}); start that version again. Nothing was changed`,
  })

export const cannotOpen = (place: string, cause: unknown) =>
  new AppError({
    code: 'database.cannot_open',
    kind: 'unavailable',
    message: `the database ${place} cannot be opened (${codeOf(cause)}); check that it is Plugboard's and, with its directory, writable`,
    cause,
  })

export const unsafeConnection = (found: object) =>
  new AppError({
    code: 'database.unsafe_connection',
    kind: 'internal',
    message: `the database refuses settings that Plugboard relies on (${JSON.stringify(found)})`,
  })

const codesOf = (error: unknown): string[] => {
  const { code, extendedCode } = (error ?? {}) as { code?: unknown; extendedCode?: unknown }
  return [code, extendedCode].filter((value) => typeof value === 'string')
}
const codeOf = (error: unknown): string => codesOf(error)[0] ?? 'unknown error'

/** SQLITE_BUSY and its extended forms: someone else holds the lock, nothing was done. */
export const isBusy = (error: unknown): boolean => codesOf(error).some((code) => code.startsWith('SQLITE_BUSY'))

/** A row of that key is there already; nothing was done. */
export const isTaken = (error: unknown): boolean =>
  codesOf(error).some((code) => code === 'SQLITE_CONSTRAINT_PRIMARYKEY' || code === 'SQLITE_CONSTRAINT_UNIQUE')

/** Turns a failed statement's error into ours; what we did not foresee stays as it is. */
export function describeFailure(error: unknown, remote: boolean): unknown {
  const codes = codesOf(error)
  if (isBusy(error)) return databaseBusy(error)
  if (codes.includes('SQLITE_CONSTRAINT_FOREIGNKEY')) return parentDeleted(error)
  if (remote && !codes.some((code) => code.startsWith('SQLITE_'))) return databaseUnreachable(error)
  return error
}
