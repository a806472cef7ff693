// What a failed page says: what happened, whose side it is on, and what to do next.
import { isRouteErrorResponse } from '@remix-run/react'
import type { Problem } from './load-context.ts'

export interface Fault {
  /** Undefined if there was no answer with a status, only an exception, on the server or in the browser. */
  status: number | undefined
  title: string
  /** Whose side it is on, in words for the person who reads it. */
  side: 'This address' | 'Your request' | 'Your session' | 'Plugboard' | 'The upstream server'
  explanation: string
  /** Undefined if what failed did not say. */
  requestId?: string
  code?: string
}

/** Also for a page that finds out by itself that there is nothing to show. */
export const NOT_FOUND: Fault = {
  status: 404,
  title: 'There is no page here',
  side: 'This address',
  explanation: 'Plugboard works; the address may be mistyped, or the page may have moved.',
}

const SIGNED_OUT: Fault = {
  status: 401,
  title: 'You are signed out',
  side: 'Your session',
  explanation: 'Your session has ended here. Sign in to go on.',
}

const plugboardFailed = (status: number | undefined): Fault => ({
  status,
  title: 'Something went wrong inside Plugboard',
  side: 'Plugboard',
  explanation: 'It is not something you did. Trying again may help; if it does not, the request id below finds the reason in the log.',
})

const upstreamFailed = (status: number): Fault => ({
  status,
  title: 'An upstream server did not answer properly',
  side: 'The upstream server',
  explanation: 'Plugboard works, but a server that it depends on for this page does not. Try again in a moment.',
})

const requestRefused = (status: number): Fault => ({
  status,
  title: 'This request was refused',
  side: 'Your request',
  explanation: 'Plugboard understood it and will not answer it like this. Go back and try it from the start.',
})

/** What is missing, where the house says it. */
const TITLES: Readonly<Record<string, string>> = {
  'namespace.not_found': 'There is no such namespace',
  'connection.not_found': 'There is no such connection',
  'policy.forbidden': 'Your role does not allow this',
}

function ofStatus(status: number): Fault {
  if (status === 404) return NOT_FOUND
  if (status === 401) return SIGNED_OUT
  if (status === 502 || status === 504) return upstreamFailed(status)
  return status >= 500 ? plugboardFailed(status) : requestRefused(status)
}

const isProblem = (data: unknown): data is Problem => typeof data === 'object' && data !== null && 'code' in data && 'message' in data && 'side' in data

/** `error` is what a page or its loader threw: an answer with a status, perhaps with a Problem in it, or an exception. */
export function describeFault(error: unknown): Fault {
  if (!isRouteErrorResponse(error)) return plugboardFailed(undefined)
  const fault = ofStatus(error.status)
  const data: unknown = error.data
  if (!isProblem(data)) return fault
  const { code, message, requestId } = data
  const explanation = error.status === 401 ? fault.explanation : message
  return { ...fault, title: TITLES[code] ?? fault.title, explanation, code, requestId }
}
