// What a failed page says: what happened, whose side it is on, and what to do next.
import { isRouteErrorResponse } from '@remix-run/react'

export interface Fault {
  /** Undefined if there was no answer with a status, only an exception, on the server or in the browser. */
  status: number | undefined
  title: string
  /** Whose side it is on, in words for the person who reads it. */
  side: 'This address' | 'Your request' | 'Plugboard' | 'The upstream server'
  explanation: string
}

const NOT_FOUND: Fault = {
  status: 404,
  title: 'There is no page here',
  side: 'This address',
  explanation: 'Plugboard works; the address may be mistyped, or the page may have moved.',
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

export function describeFault(error: unknown): Fault {
  if (!isRouteErrorResponse(error)) return plugboardFailed(undefined)
  if (error.status === 404) return NOT_FOUND
  if (error.status === 502 || error.status === 504) return upstreamFailed(error.status)
  return error.status >= 500 ? plugboardFailed(error.status) : requestRefused(error.status)
}
