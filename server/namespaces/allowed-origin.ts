// Where people may be sent back to. RFC 6454 §6.2: scheme, host and port, nothing else, so that comparing is comparing texts.
import { z } from 'zod'
import { isLoopbackHost } from '../config/loopback.ts'

const MAX_URL = 2048

/** Codes travel there: encrypted, or not beyond the person's own machine. */
const isSafe = ({ protocol, hostname }: URL): boolean => protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname))

const isOrigin = (text: string): boolean => URL.canParse(text) && isSafe(new URL(text)) && new URL(text).origin === text

export const webOrigin = z
  .string()
  .max(300)
  .refine(isOrigin, 'must be an origin such as https://app.example.com, without a path; http only on loopback')

export const allowedOrigins = z
  .array(webOrigin)
  .max(20)
  .describe('Origins of pages that may open a sign-in or call with a service token, and to which people may be sent back.')

const isReturnUrl = (text: string): boolean => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url !== undefined && isSafe(url) && url.username === '' && url.password === ''
}

export const returnUrl = z
  .string()
  .max(MAX_URL)
  .refine(isReturnUrl, 'must be an https URL without a user name; http only on loopback')
  .describe('Where the person ends up. How it went is appended as connectionId and status.')

export const liesWithin = (url: string, origins: readonly string[]): boolean => origins.includes(new URL(url).origin)
