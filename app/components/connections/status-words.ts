// What a status means and what to do about it, in words for the person who looks at it.
import type { ConnectionStatus } from './connection-types.ts'

export interface StatusAdvice {
  tone: 'info' | 'warn' | 'bad'
  title: string
  text: string
  /** What to look at, most likely first. */
  checks: string[]
  /** Where a person mends it. */
  way?: { label: string; url: string }
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

const wayTo = (label: string, url: string | undefined) => (url === undefined ? {} : { way: { label, url } })

/** Undefined if nothing has to be done. */
export function adviseOn(status: ConnectionStatus): StatusAdvice | undefined {
  switch (status.state) {
    case 'connected':
      return undefined
    case 'disconnected':
      return { tone: 'info', title: 'Not connected yet', text: 'The first call, or a check, connects to this server.', checks: [] }
    case 'auth_required':
      if (status.reason !== undefined) return { tone: 'warn', title: 'It needs a new identity', text: status.reason, checks: [] }
      return {
        tone: 'warn',
        title: 'It needs authorization',
        text: 'The server answers once somebody has signed in and agreed.',
        checks: [],
        ...wayTo('Authorize', status.setupUrl),
      }
    case 'input_required': {
      const names = namesOf(status.missing)
      if (names === '' && status.setupUrl !== undefined) {
        return {
          tone: 'warn',
          title: 'It needs an OAuth client',
          text: 'Its authorization server registers no apps by itself. Enter a client of yours, then sign in, in one sitting.',
          checks: [],
          ...wayTo('Set up', status.setupUrl),
        }
      }
      return {
        tone: 'warn',
        title: 'Something is missing',
        text: `The server needs ${names || 'more configuration'} before it answers.`,
        checks: [],
      }
    }
    case 'error': {
      // What it refuses, none of these mends.
      const checks = status.message.startsWith('The authorization server') ? [] : ERROR_CHECKS
      return { tone: 'bad', title: 'The last check failed', text: status.message, checks }
    }
  }
}
