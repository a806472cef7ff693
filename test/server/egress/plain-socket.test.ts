import fc from 'fast-check'
import { once } from 'node:events'
import { createServer, type AddressInfo, type LookupFunction, type NetConnectOpts, type Server, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { connectPlain } from '../../../server/egress/plain-socket.ts'

let server: Server
const port = () => (server.address() as AddressInfo).port
beforeAll(async () => {
  server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())))

const opened: Socket[] = []
afterEach(() => opened.splice(0).forEach((socket) => void socket.destroy()))

/** `onConnect` is where a pool takes a socket over: before the first byte can be read. */
async function openPair(options: Partial<NetConnectOpts> = {}, onConnect = (_ours: Socket) => {}): Promise<{ ours: Socket; theirs: Socket }> {
  const accepted = once(server, 'connection') as Promise<[Socket]>
  const ours = connectPlain({ host: '127.0.0.1', port: port(), ...options })
  ours.once('connect', () => onConnect(ours))
  const [theirs] = await accepted
  opened.push(ours, theirs)
  return { ours, theirs }
}

/** All chunks, kept until the end. */
async function readToEnd(socket: Socket, onChunk = () => {}): Promise<Buffer> {
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    onChunk()
  })
  await once(socket, 'close')
  return Buffer.concat(chunks)
}

/** The place that Node reads into. */
function arrivalsOf(socket: Socket): Uint8Array {
  const key = Object.getOwnPropertySymbols(socket).find(({ description }) => description === 'kBuffer')!
  return (socket as unknown as Record<symbol, Uint8Array>)[key]!
}

const write = (socket: Socket, bytes: Buffer) => new Promise<void>((resolve) => void socket.write(bytes, () => resolve()))

const pieceSize = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 4_000, max: 200_000 }))

describe('a plain socket', () => {
  it('tells what came on it and nothing else, however the bytes of several arrive in turn', async () => {
    const turns = fc.array(fc.tuple(fc.nat(2), pieceSize), { minLength: 1, maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(turns, async (pieces) => {
        const pairs = [await openPair(), await openPair(), await openPair()]
        const bodies = pairs.map(({ ours }) => readToEnd(ours))
        const sent = pairs.map((): Buffer[] => [])
        for (const [at, [who, size]] of pieces.entries()) {
          const bytes = Buffer.alloc(size, `${who}:${at} `)
          sent[who]!.push(bytes)
          await write(pairs[who]!.theirs, bytes)
        }
        for (const { theirs } of pairs) theirs.end()
        const received = await Promise.all(bodies)
        expect(received.map((body, who) => body.equals(Buffer.concat(sent[who]!)))).toEqual([true, true, true])
      }),
      { seed: 20_26_11_23, numRuns: 40 },
    )
  })

  it('loses and doubles no byte, however often it is paused', async () => {
    const bytes = Buffer.from(Uint32Array.from({ length: 500_000 }, (_, at) => at).buffer)
    const { ours, theirs } = await openPair()
    let heardWhilePaused = 0
    const body = readToEnd(ours, () => {
      if (ours.isPaused()) heardWhilePaused += 1
      ours.pause()
      setImmediate(() => {
        // To and fro within one tick leaves it paused.
        ours.resume()
        ours.pause()
        setImmediate(() => ours.resume())
      })
    })
    theirs.end(bytes)
    expect((await body).equals(bytes)).toBe(true)
    expect(heardWhilePaused).toBe(0)
  })

  it('paused from the first moment tells one read at most', async () => {
    let heardWhilePaused = 0
    const { ours, theirs } = await openPair({}, (socket) => {
      socket.on('data', () => void (heardWhilePaused += socket.isPaused() ? 1 : 0))
      socket.pause()
    })
    const bytes = Buffer.alloc(16 * 1024 * 1024, 'x')
    const written = write(theirs, bytes)
    // Far more than a kernel takes from who is not read: it stays unwritten for as long as we are paused.
    for (let turn = 0; turn < 100; turn += 1) await new Promise(setImmediate)
    expect(theirs.writableLength).toBeGreaterThan(0)
    expect(heardWhilePaused).toBeLessThanOrEqual(1)
    const rest = readToEnd(ours)
    ours.resume()
    await written
    theirs.end()
    await rest
    expect(ours.bytesRead).toBe(bytes.length)
  })

  it('leaves nothing behind in the place that all of them are read into', async () => {
    const [one, other] = [await openPair(), await openPair()]
    expect(arrivalsOf(one.ours)).toBe(arrivalsOf(other.ours))
    let heldWhenTold = true
    const body = readToEnd(one.ours, () => void (heldWhenTold = arrivalsOf(one.ours).some((byte) => byte !== 0)))
    one.theirs.end(Buffer.alloc(1_000, 'a secret'))
    expect((await body).toString()).toContain('a secret')
    expect(heldWhenTold).toBe(false)
  })

  it('that is idle notices at once that the other side has closed or broken it', async () => {
    const [closed, broken] = [await openPair(), await openPair()]
    closed.ours.on('data', () => {})
    broken.ours.on('data', () => {})
    const ended = once(closed.ours, 'end')
    const failed = new Promise<NodeJS.ErrnoException>((resolve) => void broken.ours.once('error', resolve))
    closed.theirs.end()
    broken.theirs.resetAndDestroy()
    await ended
    expect((await failed).code).toBe('ECONNRESET')
  })

  it('closes when bytes come that nobody listens to', async () => {
    const { ours, theirs } = await openPair()
    theirs.write('too early')
    await once(ours, 'close')
    expect(ours.destroyed).toBe(true)
  })

  it('is read like any other when it is the second address that answers', async () => {
    const both = [
      { address: '127.0.0.2', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ]
    const lookup = ((_name, _options, answer) => answer(null, both)) as LookupFunction
    const { ours, theirs } = await openPair({ host: 'mcp.example', lookup, autoSelectFamily: true } as Partial<NetConnectOpts>)
    const body = readToEnd(ours)
    theirs.end('hello')
    expect((await body).toString()).toBe('hello')
  })
})
