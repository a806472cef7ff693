import { describe, expect, it } from 'vitest'
import { readFilter } from '../../app/components/connections/connection-filter.ts'
import { findConnections, PAGE_SIZE } from '../../app/components/connections/find-connections.ts'
import { searchPath } from '../../app/components/connections/search-path.ts'
import type { PageContext } from '../../app/lib/load-context.ts'

type ListInput = Record<string, unknown> & { metadata?: Record<string, string>; name?: string }

/** What is asked of the list, and an answer for each id or name that was asked for. */
function recordingApi() {
  const asked: ListInput[] = []
  const list = async (input: ListInput) => {
    asked.push(input)
    const label = input.name ?? input.metadata?.connectionId
    return { connections: [{ connectionId: label }, ...(input.name === undefined ? [] : [{ connectionId: 'namesake' }])], nextCursor: null }
  }
  return { asked, api: { connections: { list } } as unknown as PageContext['api'] }
}

async function search(text: string, more: { state?: 'error'; cursor?: string } = {}) {
  const { asked, api } = recordingApi()
  const found = await findConnections(api, { namespace: 'acme', terms: readFilter(text), state: undefined, cursor: undefined, ...more })
  const rest = asked.map(({ namespace: _namespace, limit: _limit, ...others }) => others)
  return { asked: rest, ids: found.connections.map(({ connectionId }) => connectionId) }
}

describe('a search for connections', () => {
  it('asks for all that is filtered at once, a page at a time', async () => {
    const { asked, api } = recordingApi()
    await findConnections(api, {
      namespace: 'acme',
      terms: readFilter('userId:123 team:blue name:GitHub url:https://mcp.example.com/mcp'),
      state: 'error',
      cursor: 'c1',
    })
    expect(asked).toEqual([
      {
        namespace: 'acme',
        limit: PAGE_SIZE,
        state: 'error',
        cursor: 'c1',
        name: 'GitHub',
        mcpUrl: 'https://mcp.example.com/mcp',
        metadata: { userId: '123', team: 'blue' },
      },
    ])
  })

  it('takes a word alone for an id or a name, and shows the one with this id once and first', async () => {
    const { asked, ids } = await search('github userId:1')
    expect(asked).toEqual([{ metadata: { userId: '1', connectionId: 'github' } }, { metadata: { userId: '1' }, name: 'github' }])
    expect(ids).toEqual(['github', 'namesake'])
  })

  it('does not show the one with this id again on a later page', async () => {
    expect((await search('github', { cursor: 'c1' })).asked).toEqual([{ name: 'github', cursor: 'c1' }])
  })

  it.each(['id:a id:b', 'userId:1 userId:2', 'name:a name:b'])('asks nothing for what no connection can be: %s', async (text) => {
    expect(await search(text)).toEqual({ asked: [], ids: [] })
  })

  it('lives in the address, and no search is no address of its own', () => {
    const path = searchPath({ terms: readFilter('team:"blue whales"'), state: 'error', cursor: 'c1' })
    expect(Object.fromEntries(new URLSearchParams(path))).toEqual({ q: 'team:"blue whales"', state: 'error', cursor: 'c1' })
    expect(searchPath({ terms: [], state: undefined })).toBe('.')
  })
})
