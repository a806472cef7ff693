import { describe, expect, it } from 'vitest'
import { chooseScope, type ScopeSources, splitScope } from '../../../../server/oauth/grant/scopes.ts'

const nothing: ScopeSources = { challenged: undefined, resourceScopes: undefined, serverScopes: undefined, previous: [] }

describe('the scope that is asked for', () => {
  it.each<[string, Partial<ScopeSources>, string | undefined]>([
    ['the challenge’s', { challenged: 'read write', resourceScopes: ['all'] }, 'read write'],
    ['else the resource’s', { resourceScopes: ['a', 'b'], serverScopes: ['c'] }, 'a b'],
    ['else none', { serverScopes: ['c', 'offline_access'] }, undefined],
    ['none for a resource that lists none', { resourceScopes: [] }, undefined],
    ['nothing more than an empty challenge', { challenged: '', resourceScopes: ['all'] }, undefined],
    ['what was granted before and what is asked for now', { challenged: 'write', previous: ['read'] }, 'read write'],
    ['each one once', { challenged: 'read read', previous: ['read'] }, 'read'],
    ['with offline_access where the server knows it', { challenged: 'read', serverScopes: ['offline_access'] }, 'read offline_access'],
    ['without offline_access where the server does not', { challenged: 'read', serverScopes: ['openid'] }, 'read'],
  ])('is %s', (_title, sources, expected) => expect(chooseScope({ ...nothing, ...sources })).toBe(expected))

  it('leaves out what is no scope', () => {
    expect(splitScope('read  wri"te "x" a\\b  ok\r\nX:1 ünï x:y/z.*')).toEqual(['read', 'x:y/z.*'])
  })
})
