// Where a list over several connections goes on: at an item of a connection. Says nothing but positions, so it needs no seal.
import { unknownCursor } from './aggregate-errors.ts'

export interface GatherPosition {
  connectionId: string
  /** How many of its items were told already. */
  offset: number
}

export const writeCursor = ({ connectionId, offset }: GatherPosition): string => Buffer.from(JSON.stringify([connectionId, offset])).toString('base64url')

/** @throws aggregate.unknown_cursor */
export function readCursor(cursor: unknown): GatherPosition | undefined {
  if (cursor === undefined) return undefined
  const [connectionId, offset] = typeof cursor === 'string' ? parsePair(cursor) : []
  if (typeof connectionId !== 'string' || !Number.isSafeInteger(offset) || (offset as number) < 0) throw unknownCursor()
  return { connectionId, offset: offset as number }
}

function parsePair(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}
