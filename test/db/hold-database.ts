// A process of its own that opens the database in argv[2], says so and keeps it.
import { openDatabase } from '../../db/open.ts'

await openDatabase({ url: process.argv[2] ?? '', now: () => 0 })
process.send?.('open')
process.on('message', () => undefined)
