// A noisy neighbour: asks on and on, whatever it is answered, until it is told to stop.
import { setTimeout as pause } from 'node:timers/promises'
import { KeepAliveConnection } from './keep-alive-connection.ts'
import { nonceText, RequestTemplate } from './request-template.ts'

export interface Flood {
  port: number
  template: string
  /** Spread over so many connections, round robin. */
  connections: number
  concurrency: number
  /** After each answer. */
  pauseMs: number
  /** It has begun once it was refused: what its limit allows at once is used up. */
  untilRefused?: boolean
}

export interface FloodResult {
  answeredPerSecond: number
  refusedPerSecond: number
}

let stop: (() => FloodResult) | undefined

async function start({ port, template, connections, concurrency, pauseMs, untilRefused = false }: Flood): Promise<string> {
  const sockets = await Promise.all(Array.from({ length: concurrency }, () => KeepAliveConnection.open(port)))
  const startedAt = performance.now()
  let hearOfRefusal = () => {}
  const wasRefused = new Promise<void>((resolve) => void (hearOfRefusal = resolve))
  let asked = 0
  let answered = 0
  let refused = 0
  let isOver = false

  async function keepAsking(socket: KeepAliveConnection): Promise<void> {
    const request = new RequestTemplate(template)
    while (!isOver) {
      const nonce = asked++
      const { status } = await socket.request(request.fill(nonceText(nonce), nonce % connections))
      if (status === 200) answered++
      else {
        refused++
        hearOfRefusal()
      }
      if (pauseMs > 0) await pause(pauseMs)
    }
  }

  for (const socket of sockets) keepAsking(socket).catch(() => undefined)
  stop = () => {
    isOver = true
    for (const socket of sockets) socket.close()
    const seconds = (performance.now() - startedAt) / 1000
    return { answeredPerSecond: answered / seconds, refusedPerSecond: refused / seconds }
  }
  if (untilRefused) await wasRefused
  return 'started'
}

process.on('message', (question: { start: Flood } | { stop: true }) => {
  const answer = 'start' in question ? start(question.start) : Promise.resolve(stop?.())
  answer.then(
    (result) => process.send!({ result }),
    (error: unknown) => process.send!({ error: String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))
process.send!({ result: 'ready' })
