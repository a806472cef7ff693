// A stand-in for a libSQL server: Hrana 2 over HTTP with JSON, as much of it as our client sends, over a
// real file. One stream lives for one request: a client that kept a transaction open across requests would be
// refused here. It shows our side of the remote path; sqld and Turso themselves are not run by these tests.
// https://github.com/tursodatabase/libsql/blob/main/docs/HRANA_2_SPEC.md
import Database from 'libsql'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'

type Value =
  | { type: 'null' }
  | { type: 'integer' | 'text'; value: string }
  | { type: 'float'; value: number }
  | { type: 'blob'; base64: string }
type Condition =
  | { type: 'ok'; step: number }
  | { type: 'error'; step: number }
  | { type: 'not'; cond: Condition }
  | { type: 'and'; conds: Condition[] }
  | { type: 'or'; conds: Condition[] }
interface Statement { sql?: string; sql_id?: number; args?: Value[] }
interface Step { stmt: Statement; condition?: Condition | null }
type StreamRequest =
  | { type: 'execute'; stmt: Statement }
  | { type: 'batch'; batch: { steps: Step[] } }
  | { type: 'store_sql'; sql_id: number; sql: string }
  | { type: 'close_sql'; sql_id: number }
  | { type: 'close' }

interface Stream { connection: Database.Database; sqls: Map<number, string> }
interface StatementResult { cols: { name: string }[]; rows: Value[][]; affected_row_count: number; last_insert_rowid: string }

/** Sees a request before anything of it is done, and again before it is answered. Whoever waits in it holds the request up, and if it fails the line is cut. */
export type Observer = (statements: string, when: 'arrived' | 'done') => Promise<void>

export interface HranaServer {
  url: string
  observe(observer: Observer | undefined): void
  close(): Promise<void>
}

export async function startHranaServer({ path, token }: { path: string; token?: string }): Promise<HranaServer> {
  // The database itself stays open between requests, as a server's would.
  const anchor = new Database(path)
  anchor.pragma('journal_mode=WAL')
  let observer: Observer | undefined
  const server = createServer((request, response) => {
    answerTo(request, response).catch(() => response.destroy())
  })
  async function answerTo(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (token && request.headers.authorization !== `Bearer ${token}`) return answer(401, { message: 'unauthorized' })
    if (request.url === '/v2') return answer(200, {})
    if (request.url !== '/v2/pipeline') return answer(404, { message: 'not found' })
    const { baton, requests } = await readPipeline(request)
    if (baton || requests.at(-1)?.type !== 'close') return answer(400, { message: 'no stream stays open here', code: 'STREAM_EXPIRED' })
    const statements = statementsOf(requests)
    await observer?.(statements, 'arrived')
    const results = runPipeline(path, requests)
    await observer?.(statements, 'done')
    return answer(200, { baton: null, base_url: null, results })
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    observe: (next) => void (observer = next),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
      anchor.close()
    },
  }
}

const readPipeline = async (request: IncomingMessage) => (await json(request)) as { baton: string | null; requests: StreamRequest[] }

function statementsOf(requests: StreamRequest[]): string {
  const steps = requests.flatMap((request) => (request.type === 'execute' ? [request.stmt] : request.type === 'batch' ? request.batch.steps.map(({ stmt }) => stmt) : []))
  return steps.map(({ sql = '' }) => sql).join(';\n')
}

function runPipeline(path: string, requests: StreamRequest[]): object[] {
  // Foreign keys on and no waiting for locks: a busy wait here would stop client and server alike.
  const stream: Stream = { connection: new Database(path, { timeout: 0 }), sqls: new Map() }
  try {
    return requests.map((request) => {
      try {
        return { type: 'ok', response: { type: request.type, ...answerRequest(stream, request) } }
      } catch (error) {
        return { type: 'error', error: describeError(error) }
      }
    })
  } finally {
    stream.connection.close()
  }
}

function answerRequest(stream: Stream, request: StreamRequest): object {
  if (request.type === 'execute') return { result: execute(stream, request.stmt) }
  if (request.type === 'batch') return { result: executeBatch(stream, request.batch.steps) }
  if (request.type === 'store_sql') stream.sqls.set(request.sql_id, request.sql)
  if (request.type === 'close_sql') stream.sqls.delete(request.sql_id)
  return {}
}

function execute({ connection, sqls }: Stream, { sql, sql_id, args = [] }: Statement): StatementResult {
  const statement = connection.prepare(sql ?? sqls.get(sql_id ?? -1) ?? '')
  statement.safeIntegers(true)
  const values = args.map(decodeValue)
  if (!returnsRows(statement)) {
    const { changes, lastInsertRowid } = statement.run(values)
    return { cols: [], rows: [], affected_row_count: changes, last_insert_rowid: String(lastInsertRowid) }
  }
  const rows = statement.all(values) as unknown[][]
  const cols = statement.columns().map(({ name }) => ({ name }))
  return { cols, rows: rows.map((row) => row.map(encodeValue)), affected_row_count: 0, last_insert_rowid: '0' }
}

function returnsRows(statement: Database.Statement): boolean {
  try {
    statement.raw(true)
    return true
  } catch {
    return false
  }
}

function executeBatch(stream: Stream, steps: Step[]) {
  const results: (StatementResult | null)[] = []
  const errors: (object | null)[] = []
  const holds = (condition: Condition): boolean => {
    if (condition.type === 'ok') return Boolean(results[condition.step])
    if (condition.type === 'error') return Boolean(errors[condition.step])
    if (condition.type === 'not') return !holds(condition.cond)
    return condition.type === 'and' ? condition.conds.every(holds) : condition.conds.some(holds)
  }
  for (const [index, { stmt, condition }] of steps.entries()) {
    results[index] = errors[index] = null
    if (condition && !holds(condition)) continue
    try {
      results[index] = execute(stream, stmt)
    } catch (error) {
      errors[index] = describeError(error)
    }
  }
  return { step_results: results, step_errors: errors }
}

function describeError(error: unknown) {
  const { message, code = 'SQLITE_ERROR' } = error as { message: string; code?: string }
  return { message, code }
}

function decodeValue(value: Value): unknown {
  if (value.type === 'null') return null
  if (value.type === 'integer') return BigInt(value.value)
  return value.type === 'blob' ? Buffer.from(value.base64, 'base64') : value.value
}

function encodeValue(value: unknown): Value {
  if (value === null) return { type: 'null' }
  if (typeof value === 'bigint') return { type: 'integer', value: String(value) }
  if (typeof value === 'number') return { type: 'float', value }
  return Buffer.isBuffer(value) ? { type: 'blob', base64: value.toString('base64') } : { type: 'text', value: String(value) }
}
