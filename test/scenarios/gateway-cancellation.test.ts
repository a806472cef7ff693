// Whoever stops waiting says so in their revision's way, and the upstream hears it.
import { afterEach, describe, expect, it } from 'vitest'
import { connectClient, connectModernClient } from '../support/mcp-clients.ts'
import { type Meeting, rpc, startMeeting } from '../support/mcp-meeting.ts'

const slow = { name: 'slow', arguments: {} }

let meeting: Meeting
afterEach(() => meeting.stop())

const theCall = () => meeting.upstream.request(({ message }) => message?.params?.name === 'slow')
const theCancellation = () => meeting.upstream.request(({ message }) => message?.method === 'notifications/cancelled')

describe('a call that its caller takes back', () => {
  it("is taken back on the caller's own session, under the caller's id", async () => {
    meeting = await startMeeting('session')
    const client = await connectClient(meeting)
    const caller = new AbortController()
    const answer = client.callTool(slow, undefined, { signal: caller.signal })
    const call = await theCall()
    caller.abort('enough')
    await expect(answer).rejects.toThrow('enough')
    const { headers, message } = await theCancellation()
    expect(message!.params).toMatchObject({ requestId: call.message!.id, reason: expect.stringContaining('enough') })
    expect(headers['mcp-session-id']).toBe(call.headers['mcp-session-id'])
    await client.close()
  })

  it("is taken back on the shared session under the id that it has there, and nobody else's with it", async () => {
    meeting = await startMeeting('session')
    const caller = new AbortController()
    const headers = {
      authorization: `Bearer ${meeting.key}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    }
    const call = (id: string, signal?: AbortSignal) =>
      fetch(meeting.url, {
        method: 'POST',
        headers,
        body: JSON.stringify(rpc('tools/call', { ...slow, arguments: { id } }, id)),
        ...(signal && { signal }),
      })
    const sent = (id: string) =>
      meeting.upstream.request(({ message }) => (message?.params?.arguments as { id?: string } | undefined)?.id === id)
    const [staying] = await Promise.all([call('staying'), call('going'), sent('staying'), sent('going')])
    const going = await sent('going')
    await meeting.post({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 'going' } })
    expect((await theCancellation()).message!.params).toMatchObject({ requestId: going.message!.id })
    expect(await going.over).toBe('cut')
    expect(meeting.upstream.requests.filter(({ message }) => message?.method === 'notifications/cancelled')).toHaveLength(1)
    await staying.body!.cancel()
    caller.abort()
  })

  it('of 2026-07-28 is taken back by closing its stream', async () => {
    meeting = await startMeeting('stateless')
    const client = await connectModernClient(meeting, 'auto')
    const caller = new AbortController()
    const answer = client.callTool(slow, { signal: caller.signal })
    const call = await theCall()
    caller.abort('enough')
    await expect(answer).rejects.toThrow('enough')
    expect(await call.over).toBe('cut')
    await client.close()
  })
})
