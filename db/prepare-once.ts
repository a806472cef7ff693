import type { Database } from './database.ts'

/** A statement built once per database instead of once per call; building costs drizzle as much as running it. */
export function prepareOnce<Prepared>(prepare: (build: Database['build']) => Prepared): (db: Database) => Prepared {
  const prepared = new WeakMap<Database, Prepared>()
  return (db) => {
    let statement = prepared.get(db)
    if (statement === undefined) prepared.set(db, (statement = prepare(db.build)))
    return statement
  }
}
