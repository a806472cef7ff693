// The address of the audit log: what it is filtered by, and where its page begins.
import { ACTION_WORDS } from './action-words.ts'
import type { AuditAction } from './audit-types.ts'

export const AUDIT_PATH = '/app/settings/audit'

export const RESULTS = ['ok', 'denied', 'failed'] as const
export type AuditResult = (typeof RESULTS)[number]

/** As the form has them; days are those of UTC, the last one included. */
export interface AuditSearch {
  action?: string
  result?: AuditResult
  actor?: string
  target?: string
  from?: string
  to?: string
}

const MAX_TEXT = 200
const DAY = /^\d{4}-\d{2}-\d{2}$/

const textIn = (query: URLSearchParams, name: string): string | undefined => query.get(name)?.trim().slice(0, MAX_TEXT) || undefined

function dayIn(query: URLSearchParams, name: string): string | undefined {
  const text = query.get(name) ?? ''
  return DAY.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined
}

/** What the form could not have sent is left out. */
export function readAuditSearch(query: URLSearchParams): AuditSearch {
  const action = textIn(query, 'action')
  const search = {
    action: action !== undefined && Object.hasOwn(ACTION_WORDS, action) ? action : undefined,
    result: RESULTS.find((result) => result === query.get('result')),
    actor: textIn(query, 'actor'),
    target: textIn(query, 'target'),
    from: dayIn(query, 'from'),
    to: dayIn(query, 'to'),
  }
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined))
}

const dayAfter = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString()

/** As the procedures take it. */
export function filterOf({ from, to, action, ...rest }: AuditSearch) {
  return {
    ...rest,
    // One of the words of this page, each of which is an action of the server's.
    ...(action !== undefined && { action: action as AuditAction }),
    ...(from !== undefined && { from: new Date(Date.parse(from)).toISOString() }),
    ...(to !== undefined && { to: dayAfter(to) }),
  }
}

export function auditPath(search: AuditSearch, more: Readonly<Record<string, string>> = {}, path = AUDIT_PATH): string {
  const query = new URLSearchParams({ ...search, ...more }).toString()
  return query === '' ? path : `${path}?${query}`
}
