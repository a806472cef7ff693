// What the server said when it was greeted as a call would greet it.
import type { ExaminationCheck } from '../context/examination.ts'
import type { AppError } from '../lib/app-error.ts'
import { type Evidence, isReachable, isRefused } from './evidence.ts'
import { found, skipped } from './finding.ts'

type Words = Pick<ExaminationCheck, 'finding' | 'fix' | 'remedy'>

const OTHER_PATH = { fix: 'Look up the server’s MCP address, whose path is often /mcp or /sse, and connect that one.', remedy: 'add' } as const
const ITS_OWN_LOG = { fix: 'Whoever runs the server finds the reason in its log.' }
const SIGN_IN = { finding: 'The server wants somebody to sign in.', fix: 'Open the setup link and sign in.', remedy: 'sign_in' } as const

export function judgeHandshake(evidence: Evidence): ExaminationCheck {
  const { handshake } = evidence
  if (!isReachable(evidence)) return skipped('mcp', 'Nothing was sent: the server cannot be reached.')
  if (!handshake) return skipped('mcp', 'Nothing was sent: the access token has ended, and an examination renews none.')
  if (handshake.failure) {
    const { finding, ...more } = wordsFor(handshake.failure, evidence)
    return found('mcp', 'failed', finding, more)
  }
  const { protocolVersion, verdict } = handshake.value
  const transport = verdict.era === 'session' ? verdict.transport : 'streamable-http'
  const facts = { revision: protocolVersion, transport }
  return found('mcp', 'ok', `It speaks MCP ${protocolVersion}.`, { facts, durationMs: handshake.durationMs })
}

function wordsFor(failure: AppError, evidence: Evidence): Words {
  const status = Number(failure.details?.upstreamStatus)
  if (isRefused(evidence)) return evidence.grant ? { finding: 'The server refuses the access token.' } : SIGN_IN
  if (status >= 500) return { finding: `The server is there and fails: it answers HTTP ${status}.`, ...ITS_OWN_LOG }
  switch (failure.code) {
    case 'upstream.not_mcp':
      return { finding: `There is no MCP server at this path: it answers HTTP ${status}.`, ...OTHER_PATH }
    case 'upstream.invalid_response':
      return unreadable(evidence)
    case 'upstream.credential_refused':
      return refusedCredential(evidence, status)
    case 'upstream.connection_lost':
    case 'upstream.stream_cut':
      return { finding: 'The server ended the connection in the middle of its answer.', ...ITS_OWN_LOG }
    case 'upstream.timeout':
    case 'upstream.aborted':
      return { finding: 'The server takes connections, but did not answer in the time that an examination has.', ...ITS_OWN_LOG }
    default:
      return { finding: failure.message }
  }
}

function unreadable({ heads, connection }: Evidence): Words {
  const { origin } = new URL(connection.mcpUrl)
  const answers = heads.filter((head) => head.origin === origin)
  if (answers.length === 0) return { finding: 'The server takes connections, but does not answer.', ...ITS_OWN_LOG }
  const isPage = answers.some(({ contentType }) => contentType.startsWith('text/html'))
  if (isPage) return { finding: 'A web page is at this address, not an MCP server.', ...OTHER_PATH }
  return { finding: 'What answers at this address does not speak MCP.', ...OTHER_PATH }
}

function refusedCredential({ grant, hasCredential }: Evidence, status: number): Words {
  const http = `(HTTP ${status})`
  if (grant) {
    const fix = 'Sign in with an account that may use this server.'
    return { finding: `The server does not let in whoever signed in ${http}.`, fix, remedy: 'sign_in' }
  }
  if (hasCredential) {
    const fix = 'Enter its headers anew, with a key that is good now.'
    return { finding: `The server refuses the credential of this connection ${http}.`, fix, remedy: 'edit' }
  }
  const fix = 'Add the header that the server asks for.'
  return { finding: `The server wants a credential, and this connection has none ${http}.`, fix, remedy: 'edit' }
}
