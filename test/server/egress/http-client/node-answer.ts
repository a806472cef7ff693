// The same bytes as Node's own client reads them, without a socket.
import { request } from 'node:http'
import { Duplex } from 'node:stream'

export interface NodeAnswer {
  status: number
  body: string
  /** It ended where it said that it would. */
  complete: boolean
}

/** undefined: Node refuses it, or has not read all of it when the connection ends. */
export function readWithNode(bytes: Buffer): Promise<NodeAnswer | undefined> {
  return new Promise((resolve) => {
    const socket = new Duplex({
      read() {},
      write(_chunk, _encoding, done) {
        done()
        socket.push(bytes)
        socket.push(null)
      },
    })
    const asked = request({ createConnection: () => socket, method: 'GET', insecureHTTPParser: false, maxHeaderSize: 64 * 1024 })
    asked.on('error', () => resolve(undefined))
    asked.on('response', (response) => {
      let body = ''
      response.setEncoding('latin1')
      response.on('data', (text: string) => (body += text))
      response.on('error', () => resolve(undefined))
      response.on('end', () => resolve({ status: response.statusCode!, body, complete: response.complete }))
    })
    asked.end()
  })
}
