import { describe, expect, it } from 'vitest'
import { errorTable } from '../../../server/lib/error-table.ts'
import { failedReply, isSessionComplaint } from '../../../server/mcp/upstream-error.ts'

describe('a failed answer of the upstream is named', () => {
  it.each([
    [401, {}, 'upstream.credential_refused'],
    [401, { 'www-authenticate': 'Basic realm="x"' }, 'upstream.credential_refused'],
    [401, { 'www-authenticate': 'Bearer' }, 'upstream.authorization_required'],
    [401, { 'www-authenticate': ['Basic realm="x"', 'Bearer resource_metadata="https://x"'] }, 'upstream.authorization_required'],
    [403, {}, 'upstream.credential_refused'],
    [429, {}, 'upstream.rate_limited'],
    [404, {}, 'upstream.http_status'],
    [500, {}, 'upstream.http_status'],
    [302, { location: 'https://evil.example' }, 'upstream.http_status'],
  ])('HTTP %i with %j is %s', (status, headers, code) => {
    const error = failedReply(status, headers)
    expect(error.code).toBe(code)
    // Ours, towards the caller: what a person can mend is 401, and 502 what the operator must.
    expect(errorTable[error.kind].status).toBe(status === 429 ? 429 : code === 'upstream.authorization_required' ? 401 : 502)
  })

  it.each([
    ['Bearer error="insufficient_scope", scope="files:write files:read"', 'files:write files:read'],
    ['Basic realm="x", Bearer scope="a", error="insufficient_scope"', 'a'],
    ['Bearer error="insufficient_scope", scope="a \u00e9 b"', 'a b'],
    ['Bearer error="insufficient_scope"', undefined],
    ['Bearer error="insufficient_scope", scope=""', undefined],
    [`Bearer error="insufficient_scope", scope="${'x'.repeat(1001)}"`, undefined],
    ['Bearer error="invalid_token", scope="a"', undefined],
    [undefined, undefined],
  ])('a 403 with %.60s says that the scope %s is missing', (header, scope) => {
    expect(failedReply(403, { 'www-authenticate': header }).details?.wantedScope).toBe(scope)
  })

  it.each([
    ['5', 5],
    ['0', 0],
    ['999999', 3600],
    ['-1', undefined],
    ['soon', undefined],
    ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
    [undefined, undefined],
  ])('Retry-After %s becomes %s seconds', (text, seconds) => {
    expect(failedReply(429, { 'retry-after': text }).retryAfterSeconds).toBe(seconds)
  })

  it('and none of its words is repeated', () => {
    const secret = 's3cret'
    for (const status of [400, 401, 403, 429, 500]) {
      const error = failedReply(status, { 'www-authenticate': `Bearer error="${secret}"`, 'retry-after': secret, location: secret })
      expect(JSON.stringify([error.message, error.details])).not.toContain(secret)
    }
  })
})

it.each([
  [404, '', true],
  [400, 'Bad Request: No valid session ID provided', true],
  [400, '{"error":{"message":"Server not initialized"}}', true],
  [400, '{"error":{"message":"Invalid params"}}', false],
  [400, `${'x'.repeat(5000)} session`, false],
  [401, 'session', false],
  [500, 'session', false],
])('HTTP %i saying %.40s is a complaint about the session: %s', (status, body, expected) => {
  expect(isSessionComplaint(status, Buffer.from(body))).toBe(expected)
})
