import { and, asc, eq, exists, gt, lt, sql, type SQLWrapper } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Database } from '../database.ts'
import { toolDefinition, type ToolDefinitionRow } from '../schema/tool-definition.ts'

/** Oldest first. */
export const listToolDefinitions = (db: Database, { connectionUid }: { connectionUid: string }): Promise<ToolDefinitionRow[]> =>
  db.read(db.build.select().from(toolDefinition).where(eq(toolDefinition.connectionUid, connectionUid)).orderBy(asc(toolDefinition.seenAt)))

export interface ToolDefinitionChanges {
  connectionUid: string
  rows: readonly ToolDefinitionRow[]
  /** What was replaced before that matters to no token. */
  forgetBefore: number
}

export async function addToolDefinitions(db: Database, { connectionUid, rows, forgetBefore }: ToolDefinitionChanges): Promise<void> {
  const later = alias(toolDefinition, 'later')
  const sameTool = and(eq(later.connectionUid, toolDefinition.connectionUid), eq(later.tool, toolDefinition.tool), gt(later.seenAt, toolDefinition.seenAt))
  const replaced = exists(db.build.select({ seenAt: later.seenAt }).from(later).where(and(sameTool, lt(later.seenAt, forgetBefore))))
  await db.writeBatch([
    db.build.delete(toolDefinition).where(and(eq(toolDefinition.connectionUid, connectionUid), lt(toolDefinition.seenAt, forgetBefore), replaced)),
    ...(rows.length > 0 ? [insertRows(db, rows)] : []),
  ])
}

/** Of two changes in one millisecond the later counts. */
function insertRows(db: Database, rows: readonly ToolDefinitionRow[]): SQLWrapper {
  const { connectionUid, tool, seenAt } = toolDefinition
  const set = { digest: sql`excluded.digest`, readOnly: sql`excluded.read_only` }
  return db.build.insert(toolDefinition).values([...rows]).onConflictDoUpdate({ target: [connectionUid, tool, seenAt], set })
}
