import { describe, expect, it } from 'vitest'
import { createDestinations, type DestinationRules, type Route, type Trust } from '../../../server/egress/destination.ts'
import type { EgressError } from '../../../server/egress/errors.ts'

const LAPTOP: DestinationRules = {
  laptop: true,
  allow: [],
  hosts: new Map(),
  publicUrl: new URL('http://127.0.0.1:3000'),
  ownListeners: () => [{ address: '127.0.0.1', port: 3000 }],
}
const SERVER: DestinationRules = { ...LAPTOP, laptop: false, publicUrl: new URL('https://plug.example'), ownListeners: () => [{ address: '0.0.0.0', port: 3000 }] }

/** The route, or the error's code and what the log would see. */
function plan(rules: DestinationRules, url: string, trust: Trust = 'configured'): Route | string {
  try {
    return createDestinations(rules).plan(new URL(url), trust)
  } catch (error) {
    const { code, cause } = error as EgressError
    return cause === undefined ? code : `${code} ${(cause as { code: string }).code}`
  }
}
const BLOCKED = 'upstream.unreachable EGRESS_BLOCKED_ADDRESS'
const NEARBY = 'upstream.unreachable EGRESS_BLOCKED_NAME'
const OURS = 'upstream.unreachable EGRESS_OWN_LISTENER'

describe('a destination', () => {
  it('is any public host over https, on any port', () => {
    expect(plan(SERVER, 'https://mcp.example')).toEqual({ kind: 'name', name: 'mcp.example', listed: false, port: 443 })
    expect(plan(SERVER, 'https://mcp.example:8443', 'learnt')).toMatchObject({ kind: 'name', port: 8443 })
    expect(plan(SERVER, 'https://1.1.1.1:8443')).toEqual({ kind: 'addresses', addresses: ['1.1.1.1'], port: 8443 })
  })

  it.each([
    'http://mcp.example', 'http://1.1.1.1', 'ftp://mcp.example', 'file:///etc/passwd', 'data:,x', 'javascript:1', 'gopher://mcp.example',
    'https://user@mcp.example', 'https://user:pass@mcp.example', `https://${'a.'.repeat(127)}example`,
  ])('that is %s is an error the caller can mend', (url) => expect(plan(SERVER, url)).toBe('upstream.invalid_url'))

  it.each(['https://intranet', 'https://printer.local', 'https://metadata.google.internal', 'https://a.localhost', 'https://localhost', 'https://localhost.'])(
    'is not %s, a name that means something nearby',
    (url) => expect(plan(SERVER, url)).toBe(NEARBY),
  )

  it('is loopback on a laptop only, spelled out, for configured URLs only', () => {
    expect(plan(LAPTOP, 'http://127.0.0.1:4101/mcp')).toEqual({ kind: 'addresses', addresses: ['127.0.0.1'], port: 4101 })
    expect(plan(LAPTOP, 'https://127.8.8.8')).toMatchObject({ addresses: ['127.8.8.8'], port: 443 })
    expect(plan(LAPTOP, 'http://[::1]:4101')).toMatchObject({ addresses: ['::1'] })
    expect(plan(LAPTOP, 'http://localhost:4101')).toMatchObject({ addresses: ['127.0.0.1', '::1'] })
    expect(plan(LAPTOP, 'https://127.0.0.1:4101', 'learnt')).toBe(BLOCKED)
    expect(plan(LAPTOP, 'https://localhost:4101', 'learnt')).toBe(NEARBY)
    expect(plan(LAPTOP, 'https://[::ffff:127.0.0.1]:4101')).toBe(BLOCKED)
    expect(plan(LAPTOP, 'https://0.0.0.0:4101')).toBe(BLOCKED)
    expect(plan(SERVER, 'https://127.0.0.1:4101')).toBe(BLOCKED)
  })
})

describe('the operator\'s list', () => {
  const rules: DestinationRules = {
    ...SERVER,
    allow: [
      { kind: 'host', host: 'mcp.corp', port: 8443 },
      { kind: 'host', host: 'tools', port: 'any' },
      { kind: 'host', host: 'fd00:0::5', port: 80 },
      { kind: 'cidr', cidr: '10.1.0.0/16' },
    ],
  }
  it.each<[string, Trust]>([
    ['https://mcp.corp:8443', 'configured'],
    ['http://mcp.corp:8443', 'learnt'],
    ['http://MCP.corp.:8443', 'configured'],
    ['http://tools:1234', 'learnt'],
    ['http://[fd00::5]', 'learnt'],
    ['http://10.1.2.3:99', 'learnt'],
    ['http://[::ffff:10.1.2.3]:99', 'learnt'],
  ])('lets %s through, %s', (url, trust) => expect(plan(rules, url, trust)).toBeTypeOf('object'))

  it.each([
    ['http://mcp.corp:8444', 'upstream.invalid_url'],
    ['http://[fd00::5]:81', 'upstream.invalid_url'],
    ['https://[fd00::5]:81', BLOCKED],
    ['https://10.2.0.1', BLOCKED],
    ['https://other', NEARBY],
  ])('opens nothing beside its entries: %s', (url, outcome) => {
    expect(plan(rules, url)).toBe(outcome)
  })

  it('does not list what is below a listed name', () => {
    expect(plan(rules, 'https://sub.tools')).toMatchObject({ kind: 'name', listed: false })
  })

  it('lets a listed name resolve to anything, an unlisted one only to public and listed addresses', () => {
    const destinations = createDestinations(rules)
    const listed = destinations.plan(new URL('https://mcp.corp:8443'), 'learnt')
    const unlisted = destinations.plan(new URL('https://mcp.example'), 'configured')
    const answers = ['10.9.9.9', '10.1.9.9', '127.0.0.1', '1.1.1.1']
    expect(answers.map((address) => destinations.permitsAnswer(listed, address))).toEqual([true, true, true, true])
    expect(answers.map((address) => destinations.permitsAnswer(unlisted, address))).toEqual([false, true, false, true])
  })

  it('pins a name to an address on a laptop, and does nothing on a server', () => {
    const hosts = new Map([['mcp.example', { ip: '127.0.0.1', port: 4101 }]])
    expect(plan({ ...LAPTOP, hosts }, 'http://mcp.example/x')).toEqual({ kind: 'addresses', addresses: ['127.0.0.1'], port: 4101 })
    expect(plan({ ...SERVER, hosts }, 'https://mcp.example/x')).toMatchObject({ kind: 'name' })
    expect(plan({ ...LAPTOP, hosts: new Map([['mcp.example', { ip: '127.0.0.1', port: 3000 }]]) }, 'https://mcp.example')).toBe(OURS)
  })
})

describe('our own listener', () => {
  it.each(['http://127.0.0.1:3000', 'http://localhost:3000', 'http://[::1]:3000', 'http://127.1:3000', 'http://2130706433:3000', 'http://127.9.9.9:3000', 'https://127.0.0.1:3000'])(
    'is no upstream as %s on a laptop',
    (url) => expect(plan(LAPTOP, url)).toBe(OURS),
  )

  it.each(['https://plug.example', 'https://PLUG.example.:443/connect', 'http://plug.example:443'])('is no upstream as %s on a server', (url) => expect(plan(SERVER, url)).toBe(OURS))

  it('is no upstream even where the operator allows the network it is in', () => {
    const allow = [{ kind: 'cidr' as const, cidr: '0.0.0.0/0' }, { kind: 'cidr' as const, cidr: '::/0' }]
    for (const host of ['127.0.0.1', '0.0.0.0', '[::]', '[::1]', '[::ffff:127.0.0.1]']) expect(plan({ ...SERVER, allow }, `http://${host}:3000`)).toBe(OURS)
    expect(createDestinations({ ...SERVER, allow }).isOwn('127.0.0.1', 3001)).toBe(false)
  })
})
