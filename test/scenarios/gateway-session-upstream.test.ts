// An upstream with sessions (up to 2025-11-25), met by callers of each kind: pooled, initializing, and of 2026-07-28.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { OWN_METHODS, type Meeting, REVISION_KEY, progressCall, rpc, startMeeting } from '../support/mcp-meeting.ts'
import { statelessRequest } from '../support/mcp-raw-session.ts'
import { openSession } from '../support/mcp-wire-session.ts'

let meeting: Meeting
beforeAll(async () => {
  meeting = await startMeeting('session')
})
afterAll(() => meeting.stop())
beforeEach(() => void (meeting.upstream.requests.length = 0))

describe('a pooled caller in front of a server with sessions', () => {
  const pooled = { 'mcp-session-id': 'smithery-stateless' }

  it('shares a session on which its id and progress token are unique, and gets its own back', async () => {
    const answers = await Promise.all([
      meeting.post(progressCall(1, 'mine'), pooled),
      meeting.post(progressCall(1, 1), pooled),
      meeting.post(progressCall('1', 1)),
    ])
    for (const [index, [id, progressToken]] of (
      [
        [1, 'mine'],
        [1, 1],
        ['1', 1],
      ] as const
    ).entries()) {
      expect(answers[index]!.messages).toMatchObject([
        { method: 'notifications/progress', params: { progressToken, progress: 1, total: 2 } },
        { method: 'notifications/progress', params: { progressToken, progress: 2, total: 2 } },
        { id, result: { content: [{ text: 'done' }] } },
      ])
    }
    const sent = meeting.upstream.requests.map(({ message }) => message!)
    expect(new Set(sent.map(({ id }) => id)).size).toBe(3)
    expect(new Set(sent.map(({ params }) => params?._meta?.progressToken)).size).toBe(3)
    expect(new Set(meeting.upstream.requests.map(({ headers }) => headers['mcp-session-id'])).size).toBe(1)
  })

  it("is represented by the connection's own headers, not by the caller's", async () => {
    await meeting.post(rpc('tools/list'), { ...pooled, 'x-forwarded-for': '10.1.1.1' })
    const { headers } = meeting.upstream.requests[0]!
    expect(headers).toMatchObject({
      'x-api-key': 'stored',
      'mcp-protocol-version': '2025-11-25',
      'mcp-session-id': meeting.upstream.sessions()[0],
    })
    expect(headers).not.toHaveProperty('authorization')
    expect(headers).not.toHaveProperty('cookie')
    expect(headers).not.toHaveProperty('x-forwarded-for')
  })

  it.each(OWN_METHODS)('is told to use a session of its own for %s', async (method) => {
    const { status, answer } = await meeting.post(rpc(method), pooled)
    expect({ status, answer }).toMatchObject({
      status: 200,
      answer: { id: 'mine', error: { code: -32601, message: expect.stringContaining('Send initialize first') } },
    })
    expect(meeting.upstream.requests).toEqual([])
  })
})

describe('a client that initializes in front of a server with sessions', () => {
  it('has a session of its own there, and its bytes arrive as they were sent', async () => {
    const one = await openSession({ url: meeting.url, key: meeting.key })
    const other = await openSession({ url: meeting.url, key: meeting.key })
    meeting.upstream.requests.length = 0
    await (await one.post(progressCall(7, 'mine'))).text()
    await (await other.post(progressCall(7, 'mine'))).text()
    expect(meeting.upstream.requests.map(({ body }) => body)).toEqual(Array(2).fill(JSON.stringify(progressCall(7, 'mine'))))
    const ids = meeting.upstream.requests.map(({ headers }) => headers['mcp-session-id'])
    expect(new Set(ids).size).toBe(2)
    expect(ids).not.toContain(one.id)
    expect(meeting.upstream.requests[0]!.headers).toMatchObject({ 'x-api-key': 'stored', 'mcp-protocol-version': '2025-11-25' })
    expect(meeting.upstream.requests[0]!.headers).not.toHaveProperty('authorization')
  })
})

describe('a client of 2026-07-28 in front of a server with sessions', () => {
  const send = (
    method: string,
    params: Record<string, unknown>,
    meta: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ) => {
    const request = statelessRequest('mine', method, params, meta)
    return meeting.post(request.message, { ...request.headers, ...headers })
  }

  it('is introduced from what the server said when Plugboard initialized', async () => {
    const { answer } = await send('server/discover', {})
    expect(answer?.result).toEqual({
      resultType: 'complete',
      supportedVersions: ['2026-07-28'],
      capabilities: { tools: {} },
      ttlMs: 0,
      cacheScope: 'private',
      _meta: { 'io.modelcontextprotocol/serverInfo': { name: 'fixture-upstream', version: '1.0.0', title: 'Fixture upstream' } },
    })
    expect(meeting.upstream.requests).toEqual([])
  })

  it('has its requests taken out of the envelope, and results completed', async () => {
    const { messages } = await send('tools/call', { name: 'progress', arguments: { steps: 1 } }, { progressToken: 'mine', 'vendor/key': 1 })
    expect(messages).toMatchObject([
      { params: { progressToken: 'mine' } },
      { id: 'mine', result: { resultType: 'complete', content: [{ text: 'done' }] } },
    ])
    const { headers, message } = meeting.upstream.requests[0]!
    expect(message!.params).toEqual({ name: 'progress', arguments: { steps: 1 }, _meta: { 'vendor/key': 1, progressToken: message!.id } })
    expect(headers['mcp-protocol-version']).toBe('2025-11-25')
    expect(headers).not.toHaveProperty('mcp-method')
    expect(headers).not.toHaveProperty('mcp-name')
    expect((await send('tools/list', {})).answer?.result).toMatchObject({ resultType: 'complete', ttlMs: 0, cacheScope: 'private' })
  })

  it.each(OWN_METHODS)('hears at once that %s is not there', async (method) => {
    expect(await send(method, {})).toMatchObject({
      status: 404,
      answer: { id: 'mine', error: { code: -32601, message: expect.stringContaining('Send initialize first') } },
    })
    expect(meeting.upstream.requests).toEqual([])
  })

  it('is refused when headers and body disagree, or the revision is unknown', async () => {
    const call = { name: 'echo', arguments: {} }
    expect(await send('tools/call', call, {}, { 'mcp-name': 'other' })).toMatchObject({ status: 400, answer: { error: { code: -32020 } } })
    expect(await send('tools/call', call, {}, { 'mcp-method': 'tools/list' })).toMatchObject({
      status: 400,
      answer: { error: { code: -32020 } },
    })
    expect(await send('tools/call', call, {}, { 'mcp-protocol-version': '2025-11-25' })).toMatchObject({
      status: 400,
      answer: { error: { code: -32020 } },
    })
    const future = { 'mcp-protocol-version': '2030-01-01' }
    expect(await send('tools/call', call, { [REVISION_KEY]: '2030-01-01' }, future)).toMatchObject({
      status: 400,
      answer: { error: { code: -32022, data: { requested: '2030-01-01', supported: ['2026-07-28'] } } },
    })
    expect(meeting.upstream.requests).toEqual([])
  })
})
