// What the vault refuses. `vault.*` at start means: do not serve (exit code 78); the messages name
// settings and key ids, never a key.
import { AppError } from '../lib/app-error.ts'

export const undecipherable = (cause?: unknown) =>
  new AppError({
    code: 'vault.undecipherable',
    kind: 'internal',
    message: 'A stored secret could not be opened. Set it again; if many fail, check that database and encryption key belong together.',
    cause,
  })

/** Another process may have made the key since we last looked: `refresh()` and try once more. */
export const dataKeyUnknown = (version: number) =>
  new AppError({
    code: 'vault.data_key_unknown',
    kind: 'internal',
    message: `A stored secret is sealed with data key version ${version}, which this process does not hold.`,
    details: { version },
  })

export const organizationUnprepared = () =>
  new AppError({
    code: 'vault.organization_unprepared',
    kind: 'internal',
    message: 'This organization has no data keys in this process yet.',
  })

export const kekRefused = (reason: string, message: string) => new AppError({ code: `vault.kek_${reason}`, kind: 'internal', message })

export const wrongKey = (neededId: string, configuredIds: readonly string[]) =>
  kekRefused(
    'wrong',
    `The encryption key does not belong to this database: it needs key ${neededId}, configured is ${configuredIds.join(', ')}. ` +
      'Restore the key that the database was made with (SECRETS_KEK_FILE or SECRETS_KEKS). Nothing was changed.',
  )

export const canaryMissing = () =>
  kekRefused(
    'canary_missing',
    'The database holds data keys but no canary row, so no key can be checked against it. Restore the database from a backup.',
  )

export const rowsRemain = (rows: number) =>
  new AppError({
    code: 'vault.rows_remain',
    kind: 'conflict',
    message: `${rows} stored secrets still need an older data key. Run "npm run keys rewrap", then retire again.`,
    details: { rows },
  })

export const kekInUse = (kekId: string, wraps: number) =>
  new AppError({
    code: 'vault.kek_in_use',
    kind: 'conflict',
    message:
      `Encryption key ${kekId} still wraps ${wraps} keys. ` +
      'Put another key before it, restart, run "npm run keys rotate", then retire again.',
    details: { kekId, wraps },
  })

export const kekUnknown = (kekId: string) =>
  new AppError({
    code: 'vault.kek_unknown',
    kind: 'not_found',
    message: `No configured encryption key has the id ${kekId}. "npm run keys status" lists them.`,
  })
