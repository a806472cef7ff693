// Asks a running Plugboard things, and keeps every answer whole: status, headers and body.

export interface KeptAnswer {
  request: string
  status: number
  headers: Headers
  text: string
}

export interface Asker {
  answers: KeptAnswer[]
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<KeptAnswer>
  /** For the few answers that are meant to hold a secret. */
  askUnkept(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<KeptAnswer>
}

export function createAsker(url: string, key: string): Asker {
  const answers: KeptAnswer[] = []
  const askUnkept: Asker['askUnkept'] = async (method, path, body, headers = {}) => {
    const hasBody = body !== undefined && method !== 'GET'
    const response = await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: {
        authorization: `Bearer ${key}`,
        accept: 'application/json, text/event-stream',
        ...(hasBody && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(hasBody && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    return { request: `${method} ${path}`, status: response.status, headers: response.headers, text: await response.text() }
  }
  return {
    answers,
    askUnkept,
    async ask(...request) {
      const answer = await askUnkept(...request)
      answers.push(answer)
      return answer
    },
  }
}

export const wholeOf = ({ status, headers, text }: KeptAnswer): string =>
  `${status}\n${[...headers].map((pair) => pair.join(': ')).join('\n')}\n${text}`
