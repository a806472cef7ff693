// Where a page ends, for whoever asked for it: another credential sees other rows, and its cursor would skip some of them.
import { hash } from 'node:crypto'
import type { PagePosition } from '../../db/queries/connection-search.ts'
import { invalidInput } from '../lib/app-error.ts'
import type { ConnectionScope } from '../policy/connection-scope.ts'

/** Of what can be seen; empty for all of it. */
const tagOf = (scope: ConnectionScope | undefined): string => (scope ? hash('sha256', JSON.stringify(scope), 'base64url').slice(0, 16) : '')

export const writeCursor = ({ createdAt, uid }: PagePosition, scope: ConnectionScope | undefined): string =>
  Buffer.from(JSON.stringify(scope ? [createdAt, uid, tagOf(scope)] : [createdAt, uid])).toString('base64url')

/** @throws input.invalid */
export function readCursor(cursor: string, scope: ConnectionScope | undefined): PagePosition {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (Array.isArray(value)) {
      const [createdAt, uid, tag = ''] = value as unknown[]
      if (Number.isSafeInteger(createdAt) && typeof uid === 'string' && tag === tagOf(scope)) return { createdAt: createdAt as number, uid }
    }
  } catch {
    // Falls through to the one answer for cursors that we did not write.
  }
  throw invalidInput('cursor', 'is not one that a list returned to this credential')
}
