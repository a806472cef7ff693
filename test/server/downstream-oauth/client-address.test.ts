import { describe, expect, it } from 'vitest'
import { hostOfClient, isClientAddress, readClientAddress } from '../../../server/downstream-oauth/client-address.ts'

describe('an address that names a client', () => {
  it.each(['https://app.example/client.json', 'https://app.example:8443/a/b', 'https://app.example/client?v=2', 'https://xn--bcher-kva.example/a'])('can be %s', (text) => {
    expect(readClientAddress(text)?.href).toBe(text)
  })

  it.each([
    ['not https', 'http://app.example/client.json'],
    ['not https', 'file:///etc/passwd'],
    ['without a path', 'https://app.example'],
    ['without a path', 'https://app.example/'],
    ['with a fragment', 'https://app.example/client.json#a'],
    ['with an empty fragment', 'https://app.example/client.json#'],
    ['with a user name', 'https://me@app.example/client.json'],
    ['with a password', 'https://:secret@app.example/client.json'],
    ['with dot segments', 'https://app.example/a/../client.json'],
    ['with a dot segment', 'https://app.example/./client.json'],
    ['with encoded dot segments', 'https://app.example/a/%2e%2E/client.json'],
    ['with a host in capitals', 'https://App.example/client.json'],
    ['with the usual port spelt out', 'https://app.example:443/client.json'],
    ['with backslashes', 'https:\\\\app.example\\client.json'],
    ['with a space', ' https://app.example/client.json'],
    ['with a line break', 'https://app.example/cli\nent.json'],
    ['with letters that look like others', 'https://аpp.example/client.json'],
    ['with a number for a host', 'https://2130706433/client.json'],
    ['too long', `https://app.example/${'a'.repeat(500)}`],
    ['no URL', 'https://'],
  ])('cannot be %s: %j', (_what, text) => {
    expect(readClientAddress(text)).toBeUndefined()
  })

  it('is no id that we gave out', () => {
    expect(['app_2Xk', 'https://app.example/a', 'http://app.example/a'].map(isClientAddress)).toEqual([false, true, true])
  })

  it('has the host vouch for its client, in the letters that networks use', () => {
    expect(['https://app.example:8443/a', 'https://xn--bcher-kva.example/a', 'app_2Xk'].map(hostOfClient)).toEqual(['app.example:8443', 'xn--bcher-kva.example', undefined])
  })
})
