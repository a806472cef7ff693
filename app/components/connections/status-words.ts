// What a status means and what to do about it, in words for the person who looks at it.
import type { ConnectionStatus } from './connection-types.ts'

export interface StatusAdvice {
  tone: 'info' | 'warn' | 'bad'
  title: string
  text: string
  /** What to look at, most likely first. */
  checks: string[]
}

const ERROR_CHECKS = [
  'The address: host and path, often ending in /mcp or /sse.',
  'The credential: the headers, or the values in the query, that the server asks for.',
  'The server: it has to answer from where Plugboard runs, not only from your browser.',
]

function namesOf(missing: { headers: string[]; query: string[] }): string {
  const parts = [
    missing.headers.length > 0 ? `the header${missing.headers.length > 1 ? 's' : ''} ${missing.headers.join(', ')}` : '',
    missing.query.length > 0 ? `the query value${missing.query.length > 1 ? 's' : ''} ${missing.query.join(', ')}` : '',
  ]
  return parts.filter((part) => part !== '').join(' and ')
}

/** Undefined if nothing has to be done. */
export function adviseOn(status: ConnectionStatus): StatusAdvice | undefined {
  switch (status.state) {
    case 'connected':
      return undefined
    case 'disconnected':
      return { tone: 'info', title: 'Not connected yet', text: 'The first call, or a check, connects to this server.', checks: [] }
    case 'auth_required':
      return { tone: 'warn', title: 'It needs authorization', text: 'The server wants somebody’s consent before it answers.', checks: [] }
    case 'input_required': {
      const names = namesOf(status.missing)
      return {
        tone: 'warn',
        title: 'Something is missing',
        text: `The server needs ${names || 'more configuration'} before it answers.`,
        checks: [],
      }
    }
    case 'error':
      return { tone: 'bad', title: 'The last check failed', text: status.message, checks: ERROR_CHECKS }
  }
}
