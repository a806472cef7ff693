import { defineConfig } from 'drizzle-kit'

// Only `npm run db:generate` reads this: it compares db/schema with the last snapshot and writes the next
// migration. The default export is the tool's demand.
export default defineConfig({ dialect: 'turso', schema: './db/schema', out: './db/migrations' })
