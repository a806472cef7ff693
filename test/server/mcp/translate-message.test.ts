import { describe, expect, it } from 'vitest'
import { MessageRefused } from '../../../server/mcp/message-scan.ts'
import { translateMessage, type Translation } from '../../../server/mcp/translate-message.ts'
import { fromWire } from '../../../server/mcp/wire-text.ts'

const plain: Translation = {
  sentIdToken: '7',
  callerIdToken: '"mine"',
  sentProgressToken: '7',
  callerProgressToken: '"p"',
  shared: true,
  completeResultOf: undefined,
  refuseInputRequired: false,
}
const translate = (text: string, change: Partial<Translation> = {}) => {
  const translated = translateMessage(Buffer.from(text), { ...plain, ...change })
  if (translated.kind === 'answer') return { kind: 'answer', text: fromWire(translated.text) }
  return 'bytes' in translated ? { kind: translated.kind, text: translated.bytes.toString() } : translated
}
const progress = (token: string) => `{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":${token},"progress":1}}`

describe('an answer', () => {
  it.each([
    ['a result', '{"jsonrpc":"2.0","id":7,"result":{"id":7}}', '{"jsonrpc":"2.0","id":"mine","result":{"id":7}}'],
    ['an error', '{"error":{"code":1,"message":"7"},"id":7}', '{"error":{"code":1,"message":"7"},"id":"mine"}'],
    ['an id under an escaped key', '{"\\u0069d":7,"result":{}}', '{"\\u0069d":"mine","result":{}}'],
  ])("with %s is the caller's, under the caller's id", (_title, text, received) =>
    expect(translate(text)).toEqual({ kind: 'answer', text: received })
  )

  it('is known by an id that the server spells in its own way', () => {
    const text = '{"id":"\\u00e9/","result":{}}'
    expect(translate(text, { sentIdToken: '"é\\/"', callerIdToken: '"é\\/"' })).toEqual({
      kind: 'answer',
      text: '{"id":"é\\/","result":{}}',
    })
  })

  it.each(['{"id":8,"result":{}}', '{"id":"7","result":{}}', '{"id":null,"error":{}}', '{"result":{}}', '{"result":{"id":7}}', '{}'])(
    'that is not to this request stays here: %s',
    (text) => expect(translate(text)).toEqual({ kind: 'drop' })
  )

  it("gets the members of the caller's revision", () => {
    expect(translate('{"id":7,"result":{}}', { completeResultOf: 'tools/call' })).toEqual({
      kind: 'answer',
      text: '{"id":"mine","result":{"resultType":"complete"}}',
    })
    expect(translate('{"result":null,"id":7}', { completeResultOf: 'tools/call' })).toEqual({
      kind: 'answer',
      text: '{"result":null,"id":"mine"}',
    })
  })

  it('that asks for input is refused for a caller who could not understand it, and for nobody else', () => {
    const asking = '{"id":7,"result":{"resultType":"input_required"}}'
    expect(translate(asking, { refuseInputRequired: true })).toMatchObject({ kind: 'refuse', error: { code: 'upstream.needs_client' } })
    expect(translate(asking).kind).toBe('answer')
    expect(translate('{"id":7,"result":{"x":{"resultType":"input_required"}}}', { refuseInputRequired: true }).kind).toBe('answer')
  })
})

describe('a notification', () => {
  it("about the caller's own progress arrives under the caller's own token", () => {
    expect(translate(progress('7'))).toEqual({ kind: 'relay', text: progress('"p"') })
  })

  it.each([
    ['progress of another call', progress('8')],
    ['progress under the same digits as a string', progress('"7"')],
    ['progress that names nobody', '{"method":"notifications/progress","params":{}}'],
    ['progress without params', '{"method":"notifications/progress"}'],
    ['a log line', '{"method":"notifications/message","params":{"data":"someone\'s secret"}}'],
    ['a change of a list', '{"method":"notifications/tools/list_changed"}'],
    ['a change of a resource', '{"method":"notifications/resources/updated","params":{"uri":"x"}}'],
    ["another's cancellation", '{"method":"notifications/cancelled","params":{"requestId":7}}'],
  ])('on a shared session reaches nobody when it is %s', (_title, text) => expect(translate(text)).toEqual({ kind: 'drop' }))

  it('about progress reaches nobody who did not ask for it', () => {
    expect(translate(progress('7'), { callerProgressToken: undefined, sentProgressToken: undefined })).toEqual({ kind: 'drop' })
  })

  it("on a stream of one's own passes as it is", () => {
    expect(translate(progress('9'), { shared: false })).toEqual({ kind: 'relay', text: progress('9') })
  })
})

it('a request of the server is told from everything else', () => {
  expect(translate('{"id":7,"method":"sampling/createMessage","params":{}}')).toEqual({
    kind: 'server-request',
    method: 'sampling/createMessage',
    idToken: '7',
  })
  expect(translate('{"id":"x","method":"pi\\u006eg"}')).toEqual({ kind: 'server-request', method: 'ping', idToken: '"x"' })
})

it.each([
  '',
  'x',
  '[]',
  '{',
  '{"method":x}',
  '{"method":5}',
  '{"method":"\\x"}',
  '{"method":"ping","id":x}',
  '{"id":x,"result":{}}',
  '{"id":7}x',
  '{"id":7,}',
])('what is not a JSON-RPC message is refused and does not break the reader: %s', (text) =>
  expect(() => translate(text)).toThrow(MessageRefused)
)
