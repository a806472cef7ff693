import { expect, it } from 'vitest'
import { ACTION_WORDS } from '../../app/components/audit/action-words.ts'
import { auditPath, filterOf, readAuditSearch } from '../../app/components/audit/audit-search.ts'
import { AUDIT_ACTIONS } from '../../server/audit/audit-entry.ts'

it('every action has words, and no words are for none', () => {
  expect(Object.keys(ACTION_WORDS)).toEqual([...AUDIT_ACTIONS])
})

it('an address says what the form said, and what the form could not say is left out', () => {
  const search = { action: 'key.create', result: 'ok', actor: 'key_1', target: 'key_2', from: '2027-01-01', to: '2027-01-31' } as const
  expect(readAuditSearch(new URL(auditPath(search), 'http://here').searchParams)).toEqual(search)
  expect(readAuditSearch(new URLSearchParams('action=toString&result=maybe&actor=+&from=2027-1-1&to=2027-13-45&x=1'))).toEqual({})
})

it('the last day is asked for whole', () => {
  expect(filterOf({ from: '2027-01-01', to: '2027-01-31' })).toEqual({ from: '2027-01-01T00:00:00.000Z', to: '2027-02-01T00:00:00.000Z' })
})
