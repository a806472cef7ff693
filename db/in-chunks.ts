import { setImmediate as nextTurn } from 'node:timers/promises'

/** Rows per statement of a flush: a longer one holds up the event loop, since libSQL files are synchronous. */
export const FLUSH_ROWS = 200

export async function inChunks<Row>(rows: readonly Row[], write: (chunk: readonly Row[]) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < rows.length; start += FLUSH_ROWS) {
    if (start > 0) await nextTurn()
    await write(rows.slice(start, start + FLUSH_ROWS))
  }
}
