// One JSON-RPC message by plain HTTP, and everything that comes back for it.

export interface RpcReply {
  id?: string | number | null
  method?: string
  params?: Record<string, unknown>
  result?: Record<string, unknown>
  error?: { code: number; message: string; data?: Record<string, unknown> }
}

export interface PostAnswer {
  status: number
  headers: Headers
  /** All messages, in order. */
  messages: RpcReply[]
  /** The one that answers: it has no method. */
  answer: RpcReply | undefined
}

export async function postMessage(url: URL | string, message: unknown, headers: Record<string, string> = {}): Promise<PostAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
    body: typeof message === 'string' ? message : JSON.stringify(message),
  })
  const text = await response.text()
  const messages = response.headers.get('content-type')?.startsWith('text/event-stream') ? readEvents(text) : readJson(text)
  return { status: response.status, headers: response.headers, messages, answer: messages.find(({ method }) => method === undefined) }
}

const readJson = (text: string): RpcReply[] => (text.startsWith('{') ? [JSON.parse(text) as RpcReply] : [])

const readEvents = (text: string): RpcReply[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('data: {'))
    .map((line) => JSON.parse(line.slice('data: '.length)) as RpcReply)
