import fc from 'fast-check'
import { expect, it } from 'vitest'
import { connectionView, serverInfo } from '../../../server/connections/connection-view.ts'
import { readServerInfo } from '../../../server/connections/probe-upstream.ts'
import type { Context } from '../../../server/context/context.ts'
import { viewOf } from '../../../server/connections/view-of.ts'
import { checkProperty } from '../lib/check-property.ts'

it("a server's introduction is kept as far as it is known", () => {
  const icons = [{ src: 'https://x.example/i.png', mimeType: 'image/png' }]
  expect(
    readServerInfo({ name: 'x', version: '1', title: 'X', description: 'd', websiteUrl: 'https://x.example', icons, more: { secret: 1 } })
  ).toEqual({
    name: 'x',
    version: '1',
    title: 'X',
    description: 'd',
    websiteUrl: 'https://x.example',
    icons,
  })
  expect(readServerInfo({ name: 'x' })).toEqual({ name: 'x', version: '' })
})

it.each([[undefined], [{}], [{ name: 5 }], [{ name: null, version: '1' }], [{ title: 'no name' }]])(
  'without a name there is none: %j',
  (info) => {
    expect(readServerInfo(info)).toBeUndefined()
  }
)

it.each([
  'javascript:alert(1)',
  'data:text/html,<script>',
  'file:///etc/passwd',
  '//x.example',
  ' https://x.example',
  'https://',
  `https://x.example/${'a'.repeat(2048)}`,
  5,
  null,
])('a link is http and short, or left out: %.40s', (link) => {
  expect(readServerInfo({ name: 'x', websiteUrl: link, icons: [{ src: link }] })).toEqual({ name: 'x', version: '' })
})

it('texts and icons are bounded', () => {
  const long = 'x'.repeat(5000)
  const info = readServerInfo({
    name: long,
    version: long,
    title: long,
    description: long,
    icons: Array.from({ length: 50 }, () => ({ src: 'https://x.example', mimeType: long })),
  })
  expect(JSON.stringify(info).length).toBeLessThan(5000)
  expect(info?.icons).toHaveLength(8)
})

it('whatever a server says of itself, what is shown of it has the promised shape', () => {
  const hostile = fc.oneof(fc.jsonValue(), fc.string({ unit: 'grapheme' }), fc.webUrl())
  const info = fc.record({
    name: hostile,
    version: hostile,
    title: hostile,
    description: hostile,
    websiteUrl: hostile,
    icons: fc.oneof(hostile, fc.array(fc.record({ src: hostile, mimeType: hostile }))),
    __proto__: hostile,
  })
  checkProperty(
    fc.property(info, (said) => {
      const read = readServerInfo(said)
      expect(serverInfo.strict().optional().parse(read)).toEqual(read)
      expect(read === undefined).toBe(typeof said.name !== 'string')
    })
  )
})

it('the view of a stored connection holds nothing that the contract does not name', () => {
  const row = {
    uid: 'con_secret',
    organizationId: 'org_secret',
    namespace: 'shop',
    connectionId: 'wiki',
    name: 'Wiki',
    mcpUrl: 'https://x.example/mcp?key=***',
    mcpUrlDigest: 'digest_secret',
    metadata: { userId: '1' },
    oauth: null,
    machineGrant: null,
    status: { state: 'connected' as const },
    state: 'connected' as const,
    serverInfo: null,
    protocol: { era: 'stateless' },
    toolsDigest: 'digest_secret',
    authorizationParams: null,
    sessions: 'shared' as const,
    revision: 3,
    credentialGeneration: 2,
    createdAt: 0,
    updatedAt: 1000,
    lastUsedAt: null,
  }
  const context = { actor: { kind: 'api_key', id: 'key_1', organizationId: 'org_secret' } } as unknown as Context
  const view = viewOf(context, row)
  expect(connectionView.strict().parse(view)).toEqual(view)
  expect(JSON.stringify(view)).not.toMatch(/secret|revision|credentialGeneration/)
  expect(view).toMatchObject({ createdAt: '1970-01-01T00:00:00.000Z', updatedAt: '1970-01-01T00:00:01.000Z', lastUsedAt: null })
})
