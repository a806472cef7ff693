// Links of a server become links of the endpoint; every other byte of its answer stays.
import { expect, it } from 'vitest'
import { qualifyLinks } from '../../../server/aggregate/qualify-links.ts'

const qualified = (text: string) => qualifyLinks(Buffer.from(text), 'wiki').toString()
const answer = (result: string) => `{"jsonrpc": "2.0", "id":1,"result":${result}}`

it.each([
  ['a resource', '"contents":[{"uri":"page://a","text":"x"}]', '"contents":[{"uri":"plugboard://wiki/page://a","text":"x"}]'],
  ['a link', '"content":[{"type":"resource_link","uri":"page://a"}]', '"content":[{"type":"resource_link","uri":"plugboard://wiki/page://a"}]'],
  [
    'an embedded resource',
    '"content":[{"type":"resource","resource":{"uri":"page://a","text":"x"}}]',
    '"content":[{"type":"resource","resource":{"uri":"plugboard://wiki/page://a","text":"x"}}]',
  ],
  [
    'a message of a prompt',
    '"messages":[{"role":"user","content":{"type":"resource","resource":{"uri":"page://a"}}}]',
    '"messages":[{"role":"user","content":{"type":"resource","resource":{"uri":"plugboard://wiki/page://a"}}}]',
  ],
])('%s is put under its connection', (_what, given, expected) => {
  expect(qualified(answer(`{${given}}`))).toBe(answer(`{${expected}}`))
})

it('structured content beside a link keeps its bytes: large numbers, order and addresses in it', () => {
  const structured = '"structuredContent":{"b":12345678901234567890, "a":{"uri":"page://a"}}'
  const given = answer(`{${structured},"content":[{"type":"resource_link","uri":"page://a"}]}`)
  expect(qualified(given)).toBe(answer(`{${structured},"content":[{"type":"resource_link","uri":"plugboard://wiki/page://a"}]}`))
})

it.each([
  answer('{"content":[{"type":"text","text":"{\\"uri\\":1}"}],  "x":1.0}'),
  answer('{"structuredContent":{"uri":"page://a"}}'),
  '{"jsonrpc":"2.0","id":1,"error":{"code":-32002,"message":"no","data":{"uri":"page://a"}}}',
  '{"jsonrpc":"2.0","method":"notifications/progress","params":{"uri":"page://a"}}',
  answer(`{"contents":${'['.repeat(3000)}{"uri":"a"}${']'.repeat(3000)}}`),
])('what has no link stays as it is, to the byte', (given) => {
  expect(qualified(given)).toBe(given)
})
