import { describe, expect, it } from 'vitest'
import { clipText, prettyJson } from '../../app/lib/clip-text.ts'
import { audioType, imageType } from '../../app/lib/media-kind.ts'
import { readToolResult } from '../../app/lib/tool-result.ts'
import { webLink } from '../../app/lib/web-link.ts'

const base64 = (latin1: string) => Buffer.from(latin1, 'latin1').toString('base64')
const PNG = base64('\x89PNG\r\n\x1a\n and the rest of it')
const SVG = base64('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')

describe('what base64 is', () => {
  it.each([
    ['image/png', PNG],
    ['image/jpeg', base64('\xff\xd8\xff\xe0')],
    ['image/gif', base64('GIF89a')],
    ['image/webp', base64('RIFF\x01\x02\x03\x04WEBPVP8 ')],
    [undefined, SVG],
    [undefined, base64('<!doctype html>')],
    [undefined, 'not base64!'],
    [undefined, ''],
  ])('is %s by its first bytes alone', (type, data) => {
    expect(imageType(data)).toBe(type)
  })

  it.each([
    ['audio/wav', base64('RIFF\x01\x02\x03\x04WAVEfmt ')],
    ['audio/mpeg', base64('ID3\x03')],
    ['audio/ogg', base64('OggS\0')],
    ['audio/flac', base64('fLaC')],
    [undefined, PNG],
  ])('is %s if it is sound', (type, data) => {
    expect(audioType(data)).toBe(type)
  })
})

describe('a result', () => {
  it('shows an image by what it is, whatever it calls itself', () => {
    const { items } = readToolResult({ content: [{ type: 'image', data: PNG, mimeType: 'image/svg+xml' }] })
    expect(items).toEqual([expect.objectContaining({ kind: 'image', mimeType: 'image/png', url: `data:image/png;base64,${PNG}` })])
  })

  it('shows SVG as text, though it calls itself PNG', () => {
    const [named, lying] = readToolResult({ content: ['image/svg+xml', 'image/png'].map((mimeType) => ({ type: 'image', data: SVG, mimeType })) }).items
    expect(named).toMatchObject({ kind: 'unshown', text: expect.stringContaining('<svg') })
    expect(lying).toMatchObject({ kind: 'unshown', text: undefined })
  })

  it('has resources with their address and content, and links', () => {
    const { items } = readToolResult({
      content: [
        { type: 'resource', resource: { uri: 'file:///a', mimeType: 'text/html', text: '<b>' } },
        { type: 'resource_link', uri: 'https://example.com', name: 'Example' },
      ],
    })
    expect(items).toEqual([
      { kind: 'resource', uri: 'file:///a', mimeType: 'text/html', inside: { kind: 'text', text: '<b>' } },
      { kind: 'link', uri: 'https://example.com', name: 'Example', description: undefined, mimeType: undefined },
    ])
  })

  it.each([[undefined], [{}], [{ content: 'text' }], [[]], [null]])('of %j is empty', (result) => {
    expect(readToolResult(result)).toEqual({ items: [], hidden: 0, structured: undefined, isError: false })
  })

  it('of an unknown kind is shown as it came', () => {
    expect(readToolResult({ content: [{ type: 'hologram' }, 7], isError: true })).toMatchObject({
      isError: true,
      items: [{ kind: 'unshown', text: expect.stringContaining('hologram') }, { kind: 'unshown', text: '7' }],
    })
  })

  it('with more parts than a page can hold says how many are left out', () => {
    const { items, hidden } = readToolResult({ content: Array.from({ length: 130 }, () => ({ type: 'text', text: 'x' })) })
    expect([items.length, hidden]).toEqual([100, 30])
  })
})

describe('a long text', () => {
  it('is cut, not through a character, and says how much is missing', () => {
    expect(clipText('abcdef', 4)).toEqual({ shown: 'abcd', hidden: 2 })
    expect(clipText('ab😀cd', 3)).toEqual({ shown: 'ab', hidden: 4 })
    expect(clipText('abcd', 4)).toEqual({ shown: 'abcd', hidden: 0 })
  })

  it.each([
    ['{"a":1}', '{\n  "a": 1\n}'],
    ['{"a":', undefined],
    ['7', undefined],
    [`[${'1,'.repeat(200_000)}1]`, undefined],
  ])('is indented if it is JSON of a size to read', (text, pretty) => {
    expect(prettyJson(text)).toBe(pretty)
  })
})

it.each([
  ['https://example.com/a', 'https://example.com/a'],
  ['http://example.com', 'http://example.com/'],
  ['javascript:alert(1)', undefined],
  ['data:text/html,x', undefined],
  ['file:///etc/passwd', undefined],
  ['//example.com', undefined],
])('%s leads to %s', (uri, href) => {
  expect(webLink(uri)).toBe(href)
})
