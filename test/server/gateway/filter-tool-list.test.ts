import { expect, it } from 'vitest'
import { filterToolList } from '../../../server/gateway/filter-tool-list.ts'

const keepEcho = (tools: readonly { name: string }[]) => tools.filter(({ name }) => name === 'echo')
const filter = (text: string) => filterToolList(Buffer.from(text), keepEcho).toString()

it('takes tools out and leaves every other byte as it was', () => {
  const before = '{ "jsonrpc":"2.0","id":12345678901234567890,"result":{"a":1.0,"tools":['
  const after = '] ,"nextCursor":"c","_meta":{"n":1e2}}}'
  expect(filter(`${before}{"name":"echo","x":1},{"name":"fail"}${after}`)).toBe(`${before}{"name":"echo","x":1}${after}`)
})

it.each([
  '{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"echo",  "x":1.0}]}}',
  '{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"tools"}]}}',
  '{"jsonrpc":"2.0","id":1,"result":{"content":[],"tools":"what a tool says itself"}}',
  '{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"tools"}}',
  '{"jsonrpc":"2.0","method":"notifications/progress","params":{"tools":[{"name":"fail"}]}}',
  '',
])('%s is as it was', (text) => expect(filter(text)).toBe(text))

it.each([
  'not JSON',
  '{"jsonrpc":"2.0","id":1,"result":{"tools":"not a list"}}',
  '{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"echo"}],"tools":[{"name":"fail"}]}}',
  '{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"fail"}],"tool\\u0073":[{"name":"echo"}]}}',
  '{"jsonrpc":"2.0","id":1,"result":{"tools":[{"title":"no name"}]}}',
  '{"jsonrpc":"2.0","id":1,"result":{"tools":[null]}}',
])('%s is not passed on', (text) => expect(() => filter(text)).toThrow(expect.objectContaining({ code: 'upstream.invalid_response' })))
