import { expect, it } from 'vitest'
import { messageFacts } from '../../../server/mcp/message-facts.ts'
import { attributesOf, nameOf } from '../../../server/telemetry/span-facts.ts'

it.each([
  ['a tool', messageFacts('tools/call', { name: 'add', arguments: { a: 1 } }), 'tools/call add'],
  ['a prompt', messageFacts('prompts/get', { name: 'greet' }), 'prompts/get greet'],
  ['a resource, whose address may say anything', messageFacts('resources/read', { uri: 'file:///secret' }), 'resources/read'],
  ['a name where none belongs', messageFacts('tools/list', { name: 'secret' }), 'tools/list'],
  ['a name that is none', messageFacts('tools/call', { name: { a: 1 } }), 'tools/call'],
  ['a method that somebody made up', messageFacts('sk-secret', { name: 'secret' }), 'unknown method'],
  ['a route', { httpMethod: 'GET', route: '/{namespace}' }, 'GET /{namespace}'],
  ['a procedure', { httpMethod: 'POST', route: '/trpc', procedure: 'tools.invoke' }, 'POST /trpc/tools.invoke'],
  ['a page', { httpMethod: 'GET', procedure: 'tools.invoke' }, 'GET'],
])('a span is named by %s', (_title, facts, name) => expect(nameOf(facts)).toBe(name))

it('a name that no server has is cut', () => {
  const facts = messageFacts('tools/call', { name: 'x'.repeat(10_000) })
  expect([nameOf(facts).length, String(attributesOf(facts)['gen_ai.tool.name']).length]).toEqual(['tools/call '.length + 128, 128])
})

it('what is not known is not said', () => {
  expect(attributesOf({ httpMethod: 'GET' })).toEqual({ 'http.request.method': 'GET' })
  expect(attributesOf(messageFacts('tools/list', {}))).toEqual({ 'mcp.method.name': 'tools/list', 'network.transport': 'tcp', 'network.protocol.name': 'http' })
})
