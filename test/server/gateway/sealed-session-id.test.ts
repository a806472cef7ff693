import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_UPSTREAM_ID, openSessionId, sealSessionId, SESSION_LIFETIME_MS, type DownstreamSession } from '../../../server/gateway/sealed-session-id.ts'
import { rotateKeys } from '../../../server/vault/rotate-keys.ts'
import { checkProperty } from '../lib/check-property.ts'
import { vaultFor } from '../vault/memory-ports.ts'

const { vault, store, keks } = await vaultFor()
const session: DownstreamSession = {
  connectionUid: 'con_1',
  credentialGeneration: 3,
  principal: 'api_key:key_1',
  upstreamSessionId: 'their-session-é',
  stream: null,
  issuedAtMs: 1_800_000_000_000,
}
const expected = { connectionUid: 'con_1', credentialGeneration: 3, principal: 'api_key:key_1', nowMs: session.issuedAtMs }
const sealed = sealSessionId(vault, session)

describe('a sealed session id', () => {
  it('opens for its principal on its connection, and says nothing to anybody else', () => {
    expect(openSessionId(vault, sealed, expected)).toEqual(session)
    expect(sealed).toMatch(/^pb1\.[0-9]+\.[\w-]+$/)
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('their-session')
    expect(sealSessionId(vault, session)).not.toBe(sealed)
  })

  it('opens in another process with the same keys, also after they were rotated', async () => {
    const other = (await vaultFor({ keks, store })).vault
    expect(openSessionId(other, sealed, expected)).toEqual(session)
    await rotateKeys(other)
    expect(openSessionId(other, sealed, expected)).toEqual(session)
    expect(sealSessionId(other, session).split('.')[1]).not.toBe(sealed.split('.')[1])
  })

  it.each([
    ['another principal', { principal: 'api_key:key_2' }],
    ['another connection', { connectionUid: 'con_2' }],
    ['a connection whose credential changed', { credentialGeneration: 4 }],
    ['an older credential', { credentialGeneration: 2 }],
    ['its caller 24 hours later', { nowMs: session.issuedAtMs + SESSION_LIFETIME_MS }],
  ])('does not open for %s', (_title, change) => expect(openSessionId(vault, sealed, { ...expected, ...change })).toBeUndefined())

  it('opens until its last millisecond', () => {
    expect(openSessionId(vault, sealed, { ...expected, nowMs: session.issuedAtMs + SESSION_LIFETIME_MS - 1 })).toEqual(session)
  })

  it('opens however long an id the upstream may give', () => {
    // Every character of it is escaped: no id grows more.
    const long = { ...session, upstreamSessionId: '\u0001'.repeat(MAX_UPSTREAM_ID / 6), principal: 'api_key:key_' + 'x'.repeat(40) }
    const visible = { ...long, upstreamSessionId: '~'.repeat(MAX_UPSTREAM_ID) }
    for (const each of [long, visible]) expect(openSessionId(vault, sealSessionId(vault, each), { ...expected, principal: each.principal })).toEqual(each)
  })

  it('does not open under the keys of another instance', async () => {
    expect(openSessionId((await vaultFor()).vault, sealed, expected)).toBeUndefined()
  })
})

describe('a session id that was tampered with opens nothing', () => {
  const opens = (text: string) => openSessionId(vault, text, expected) !== undefined

  it('at any of its characters, whichever other it becomes', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.+/= \u00e9'
    for (let at = 0; at < sealed.length; at++) {
      const others = Array.from(alphabet).filter((sign) => sign !== sealed[at] && opens(sealed.slice(0, at) + sign + sealed.slice(at + 1)))
      expect({ at, others }).toEqual({ at, others: [] })
    }
  })

  it('cut short, made longer or spelled in another base64', () => {
    for (let at = 0; at < sealed.length; at++) expect(opens(sealed.slice(0, at))).toBe(false)
    const standard = sealed.replaceAll('-', '+').replaceAll('_', '/')
    for (const text of [
      `${sealed}A`,
      `${sealed}=`,
      `${sealed}==`,
      `${sealed}.`,
      `${sealed}.x`,
      ` ${sealed}`,
      `${sealed}\n`,
      `${standard}=`,
      sealed.toUpperCase(),
    ]) {
      expect(opens(text)).toBe(false)
    }
  })

  it('under another key id, format or none', () => {
    const [, keyId, body] = sealed.split('.')
    for (const text of [
      `pb2.${keyId}.${body}`,
      `pb1.0${keyId}.${body}`,
      `pb1.999.${body}`,
      `pb1.-1.${body}`,
      `pb1.${keyId}e0.${body}`,
      `pb1..${body}`,
      `.${keyId}.${body}`,
      `${keyId}.${body}`,
    ]) {
      expect(opens(text)).toBe(false)
    }
  })

  it('and neither does garbage', () => {
    checkProperty(fc.property(fc.string(), fc.boolean(), (text, framed) => void expect(opens(framed ? `pb1.1.${text}` : text)).toBe(false)))
  })
})
