import type { Database } from '../../db/database.ts'

/** The same database, whose rows arrive late: they are read at once and handed over when `until` is over. */
export const lateDatabase = (db: Database, until: Promise<unknown>): Database => ({
  ...db,
  async read(query) {
    const rows = await db.read(query)
    await until
    return rows
  },
})
