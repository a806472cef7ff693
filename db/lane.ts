// The way to one libSQL client. A lane hands operations to it one after the other and sees every failure,
// because the client is not safe by itself: after one SQLITE_BUSY it may acknowledge later writes that
// it never commits (libsql-client-ts#352), and a connection it opens on its own has default settings.
import type { Client } from '@libsql/client'
import { assertPragmas, pragmaScript, type Pragmas } from './pragmas.ts'

export type Operation<T = unknown> = (client: Client) => Promise<T>

export interface Lane {
  run<T>(operation: Operation<T>): Promise<T>
}

/** One operation at a time, in the order of the calls; a failed one does not stop the next. */
function inTurn(client: Client): Lane {
  let last: Promise<unknown> = Promise.resolve()
  return {
    run(operation) {
      const turn = last.then(() => operation(client))
      last = turn.catch(() => undefined)
      return turn
    },
  }
}

/**
 * A lane to a file. Its client must have a pool of one. Any failure throws the connection away before
 * anything else can use it, and no connection is used before its pragmas are set and read back.
 */
export function fileLane(client: Client, pragmas: Pragmas): Lane {
  const turns = inTurn(client)
  let ready = false
  const attempt = async <T>(operation: Operation<T>): Promise<T> => {
    try {
      if (!ready) {
        await client.executeMultiple(pragmaScript(pragmas))
        await assertPragmas(client, pragmas)
        ready = true
      }
      return await operation(client)
    } catch (error) {
      ready = false
      await client.reconnect()
      throw error
    }
  }
  return { run: (operation) => turns.run(() => attempt(operation)) }
}

/** A lane to `:memory:`: its one connection is the database, so it is never thrown away. */
export const memoryLane = (client: Client): Lane => inTurn(client)

/** Writes to a libSQL server: each operation is a stream of its own there, so there is nothing to renew. */
export const remoteWriteLane = (client: Client): Lane => inTurn(client)

/** Reads from a libSQL server wait for the network, not for each other. */
export const remoteReadLane = (client: Client): Lane => ({ run: (operation) => operation(client) })
