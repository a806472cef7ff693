// An upstream that speaks 2026-07-28 only, met by callers of each kind: pooled, initializing, and of its own revision.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { OWN_METHODS, type Meeting, REVISION_KEY, progressCall, rpc, startMeeting } from '../support/mcp-meeting.ts'
import { statelessRequest } from '../support/mcp-raw-session.ts'

let meeting: Meeting
beforeAll(async () => {
  meeting = await startMeeting('stateless')
})
afterAll(() => meeting.stop())
beforeEach(() => void (meeting.upstream.requests.length = 0))

describe('a pooled caller in front of a server of 2026-07-28', () => {
  it('is given the envelope and the headers that repeat the body', async () => {
    const { messages } = await meeting.post(progressCall('mine', 'token'), { 'mcp-session-id': 'smithery-stateless' })
    expect(messages).toMatchObject([
      { method: 'notifications/progress', params: { progressToken: 'token' } },
      { method: 'notifications/progress', params: { progressToken: 'token' } },
      { id: 'mine', result: { resultType: 'complete', content: [{ text: 'done' }] } },
    ])
    const [request] = meeting.upstream.requests
    expect(request!.headers).toMatchObject({
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': 'tools/call',
      'mcp-name': 'progress',
      'x-api-key': 'stored',
    })
    expect(request!.headers).not.toHaveProperty('mcp-session-id')
    expect(request!.message!.params).toMatchObject({
      name: 'progress',
      arguments: { steps: 2 },
      _meta: { progressToken: 'token', [REVISION_KEY]: '2026-07-28', 'io.modelcontextprotocol/clientCapabilities': {} },
    })
  })

  it.each(OWN_METHODS)('hears that %s needs a client of that revision', async (method) => {
    const { status, answer } = await meeting.post(rpc(method))
    expect({ status, answer }).toMatchObject({
      status: 200,
      answer: { id: 'mine', error: { code: -32601, message: expect.stringContaining('2026-07-28') } },
    })
    expect(meeting.upstream.requests).toEqual([])
  })
})

describe('a client that initializes in front of a server of 2026-07-28', () => {
  const params = { protocolVersion: '2025-06-18', capabilities: { sampling: {} }, clientInfo: { name: 'test', version: '1' } }

  it('is answered by Plugboard in its own revision, without a session', async () => {
    const { headers, answer } = await meeting.post(rpc('initialize', params))
    expect(answer?.result).toEqual({
      protocolVersion: '2025-06-18',
      capabilities: { tools: {} },
      serverInfo: { name: 'fixture-upstream', version: '1.0.0', title: 'Fixture upstream' },
    })
    expect(headers.get('mcp-session-id')).toBeNull()
    expect(await meeting.post({ jsonrpc: '2.0', method: 'notifications/initialized' })).toMatchObject({ status: 202 })
    const listen = await fetch(meeting.url, { headers: { authorization: `Bearer ${meeting.key}`, accept: 'text/event-stream' } })
    expect(listen.status).toBe(405)
  })

  it('has its requests put into the envelope', async () => {
    const version = { 'mcp-protocol-version': '2025-06-18' }
    expect(await meeting.post(rpc('tools/call', { name: 'echo', arguments: { text: 'hello' } }), version)).toMatchObject({
      answer: { id: 'mine', result: { content: [{ text: 'hello' }] } },
    })
    const [request] = meeting.upstream.requests
    expect(request!.headers).toMatchObject({ 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': 'echo' })
    expect(request!.message!.params!._meta).toMatchObject({ [REVISION_KEY]: '2026-07-28' })
  })

  it('reads a refusal of the server as an answer, not as the end of a session', async () => {
    expect(await meeting.post(rpc('prompts/list'))).toMatchObject({
      status: 200,
      answer: { id: 'mine', error: { code: -32601, message: 'Method not found' } },
    })
  })

  it('may ping, although that revision has no ping', async () => {
    expect(await meeting.post(rpc('ping'))).toMatchObject({ status: 200, answer: { id: 'mine', result: {} } })
  })
})

describe('a client of 2026-07-28 in front of a server of 2026-07-28', () => {
  it('speaks to it directly: bytes and headers pass as they are', async () => {
    const { message, headers } = statelessRequest('mine', 'tools/call', { name: 'echo', arguments: { text: 'hello' } }, { 'vendor/key': 1 })
    const { answer } = await meeting.post(message, { ...headers, 'mcp-param-region': 'eu' })
    expect(answer).toEqual({
      jsonrpc: '2.0',
      id: 'mine',
      result: {
        content: [{ type: 'text', text: 'hello' }],
        resultType: 'complete',
        _meta: { 'io.modelcontextprotocol/serverInfo': expect.anything() },
      },
    })
    const [request] = meeting.upstream.requests
    expect(request!.body).toBe(JSON.stringify(message))
    expect(request!.headers).toMatchObject({ ...headers, 'mcp-param-region': 'eu', 'x-api-key': 'stored' })
    expect(request!.headers).not.toHaveProperty('authorization')
    expect(request!.headers).not.toHaveProperty('cookie')
  })

  it("hears the server's own refusals, with their status", async () => {
    const { message, headers } = statelessRequest('mine', 'vendor/anything', {})
    expect(await meeting.post(message, headers)).toMatchObject({
      status: 404,
      answer: { id: 'mine', error: { code: -32601, message: 'Method not found' } },
    })
    expect(await meeting.post(message, { ...headers, 'mcp-method': 'other' })).toMatchObject({
      status: 400,
      answer: { error: { code: -32020 } },
    })
  })
})
