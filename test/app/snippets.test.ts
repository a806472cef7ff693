import { describe, expect, it } from 'vitest'
import { callSnippets, keyLine, trpcSnippet } from '../../app/lib/first-call-snippets.ts'
import { formatUptime } from '../../app/lib/format-uptime.ts'
import { addPreloadNonces } from '../../app/lib/preload-nonce.ts'
import { shellQuote } from '../../app/lib/shell-quote.ts'

describe('a line to paste', () => {
  it.each([
    ['plain-word_1.2/3', 'plain-word_1.2/3'],
    ['two words', `'two words'`],
    [`it's`, `'it'\\''s'`],
    ['$(reboot)', `'$(reboot)'`],
    ['a\nb', `'a\nb'`],
    ['', `''`],
  ])('%o is one shell word', (text, word) => {
    expect(shellQuote(text)).toBe(word)
  })

  it('never holds a key, and runs nothing that a tool’s name or arguments say', () => {
    const call = { namespace: 'demo', connectionId: 'demo', tool: '$(reboot)', arguments: { text: `'; reboot; '` } }
    const [curl, typescript] = callSnippets('http://127.0.0.1:3000', call).map(({ code }) => code)
    expect(curl).toContain(`'http://127.0.0.1:3000/connect/demo/demo/.tools/%24(reboot)'`)
    expect(curl).toContain(`-d '{"text":"'\\''; reboot; '\\''"}'`)
    expect(curl).toContain('"Authorization: Bearer $PLUGBOARD_KEY"')
    expect(typescript).toContain(`callTool({ name: "$(reboot)", arguments: {"text":"'; reboot; '"} })`)
  })

  it('over tRPC says the same call, with every name as a quoted text', () => {
    const { code } = trpcSnippet('https://plugboard.test', { namespace: 'demo', connectionId: 'x', tool: '`${boom}`', arguments: { a: '"' } })
    expect(code).toContain('"https://plugboard.test/trpc"')
    expect(code).toContain('"tool": "`${boom}`"')
    expect(code).toContain('"a": "\\""')
    expect(code).toContain('process.env.PLUGBOARD_KEY')
  })

  it('reads the key from its file, or leaves it to the reader', () => {
    expect(keyLine('my data/root-key')).toBe(`export PLUGBOARD_KEY="$(cat 'my data/root-key')"`)
    expect(keyLine(undefined)).toBe('export PLUGBOARD_KEY=…')
  })
})

it.each([
  [0, '0 s'],
  [59.9, '59 s'],
  [125, '2 min 5 s'],
  [3_600, '1 h'],
  [3_661, '1 h 1 min'],
  [90_061, '1 d 1 h'],
])('an uptime of %d seconds reads %s', (seconds, text) => {
  expect(formatUptime(seconds)).toBe(text)
})

it('only real preload links get the nonce, not text that looks like one', () => {
  const html = '<link rel="modulepreload" href="/a.js"/><p>&lt;link rel="modulepreload"</p>'
  expect(addPreloadNonces(html, 'N')).toBe('<link rel="modulepreload" nonce="N" href="/a.js"/><p>&lt;link rel="modulepreload"</p>')
})
