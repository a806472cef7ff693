// A TCP socket that is read without a buffer of its own. Node would allocate 64 KiB for each read, however little comes; here
// all sockets are read into the same place, and what came is copied out at its own size. Above, it is a socket like any other.
import { connect, type NetConnectOpts, type Socket } from 'node:net'
import { KIB } from '../lib/units.ts'

/**
 * One is enough. A read fills it and tells of it in one go, and no second read can begin in between: reads come from the event loop
 * alone, which waits for what is told, and whatever that writes, pauses or closes, on this socket or another, it reads nothing.
 */
const arrivals = Buffer.allocUnsafeSlow(64 * KIB)

/** Not for a socket that TLS is put on: that takes the bytes below Node's stream, where nobody would tell of them. */
export function connectPlain(options: NetConnectOpts): Socket {
  const socket: Socket = connect({ ...options, onread: { buffer: arrivals, callback: (size) => tell(socket, takeArrivals(size)) } })
  return socket
}

/** A copy, so that it may be kept; nothing of an answer stays behind for the next one. */
function takeArrivals(size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size)
  arrivals.copy(bytes, 0, 0, size)
  arrivals.fill(0, 0, size)
  return bytes
}

/** As the stream would have told it. False: read no further. */
function tell(socket: Socket, bytes: Buffer): boolean {
  const heard = socket.emit('data', bytes)
  // Bytes that nobody heard are lost, and what follows them would be misread.
  if (!heard) socket.destroy()
  // Paused in the tick in which it was connected, it is read from nevertheless: Node has its first read already planned.
  return heard && !socket.isPaused()
}
