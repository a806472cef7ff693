import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readMcpUrl } from '../../../server/connections/mcp-url.ts'
import { testEgress } from '../../support/test-egress.ts'
import { checkProperty } from '../lib/check-property.ts'

const egress = testEgress()
const read = (text: string) => readMcpUrl(text, egress)

describe("an MCP URL shows where it points and none of its query's values", () => {
  it.each([
    ['https://mcp.example/mcp', 'https://mcp.example/mcp'],
    ['https://mcp.example', 'https://mcp.example/'],
    ['HTTPS://MCP.Example:443/a/../MCP', 'https://mcp.example/MCP'],
    ['https://mcp.example/mcp?', 'https://mcp.example/mcp'],
    ['https://mcp.example/mcp?key=s3cret', 'https://mcp.example/mcp?key=***'],
    ['https://mcp.example/mcp?key=s3cret=s3cret&x=', 'https://mcp.example/mcp?key=***&x=***'],
    ['https://mcp.example/mcp?s3cret', 'https://mcp.example/mcp?***'],
    ['https://mcp.example/mcp?a=s3cret&&s3cret&=s3cret', 'https://mcp.example/mcp?a=***&***&=***'],
    ['https://mcp.example/mcp#s3cret', 'https://mcp.example/mcp'],
    ['https://mcp.example/mcp?a=s3cret#s3cret?b=s3cret', 'https://mcp.example/mcp?a=***'],
  ])('%s reads %s', (text, masked) => expect(read(text).masked).toBe(masked))

  it('whatever it is made of', () => {
    const secret = fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => `s3cret${text}s3cret`)
    checkProperty(
      fc.property(fc.array(fc.tuple(fc.stringMatching(/^[a-z]{0,5}$/), secret), { minLength: 1 }), fc.boolean(), (pairs, encoded) => {
        const query = pairs.map(([key, value]) => `${key}=${encoded ? encodeURIComponent(value) : value.replace(/[&#]/g, '')}`).join('&')
        const url = read(`https://mcp.example/mcp?${query}#${pairs[0]![1]}`)
        expect(url.masked).not.toContain('s3cret')
        expect(url.destination).toBe('https://mcp.example/mcp')
        expect(new URL(url.masked).searchParams.size).toBe(pairs.length)
        // What is sealed and sent is the query as it was given.
        expect(url.destination + url.search).toBe(url.normalised)
        expect(url.normalised).toContain('s3cret')
      })
    )
  })
})

it('spellings of one URL compare equal, other queries do not', () => {
  expect(read('HTTPS://mcp.EXAMPLE:443/mcp?a=1#x').normalised).toBe(read('https://mcp.example/mcp?a=1').normalised)
  expect(read('https://mcp.example/mcp?a=1').normalised).not.toBe(read('https://mcp.example/mcp?a=2').normalised)
})

it.each([
  '',
  'mcp.example',
  'ftp://mcp.example',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'https://user@mcp.example',
  'https://:s3cret@mcp.example',
  'http://mcp.example',
])('%j is refused, naming the field and repeating nothing of it', (text) => {
  expect(() => read(text)).toThrow(
    expect.objectContaining({ kind: 'invalid', details: { field: 'mcpUrl' }, message: expect.not.stringContaining('s3cret') })
  )
})

it('an address that may not be reached is not told from one that does not answer: the probe finds out', () => {
  expect(read('https://10.0.0.1/mcp').destination).toBe('https://10.0.0.1/mcp')
})
