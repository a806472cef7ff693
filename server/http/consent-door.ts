// What the page does on which a member lets an app in.
import { contextFor, type House } from '../context/context.ts'
import { allowClient, refuseClient } from '../downstream-oauth/allow-client.ts'
import { visitConsent } from '../downstream-oauth/consent-visit.ts'
import { requestOver } from '../downstream-oauth/downstream-errors.ts'
import { type AuthorizationReading, readAuthorizationRequest } from '../downstream-oauth/read-authorization-request.ts'
import type { Browser } from '../identity/browser.ts'
import { signedOut } from '../identity/identity-errors.ts'
import type { MemberActor } from '../policy/actor.ts'
import { explainError } from './explain-error.ts'
import type { ConsentDoor } from './page-context.ts'

export interface ConsentDoorInput {
  house: House
  actor: MemberActor | undefined
  requestId: string
  browser: Browser
  /** Lets this page's form lead to another origin: a browser checks every hop of a form's redirects against `form-action`. */
  allowFormTo(origin: string): void
}

export function createConsentDoor({ house, actor, requestId, browser, allowFormTo }: ConsentDoorInput): ConsentDoor {
  async function decide(parameters: URLSearchParams, act: (context: ReturnType<typeof contextFor>, asked: Asked) => string | Promise<string>): Promise<string> {
    if (!actor) throw signedOut()
    const reading = await readAuthorizationRequest(house, parameters, browser.address)
    if (reading.kind === 'refused') throw reading.error
    if (reading.kind !== 'asked') throw requestOver()
    return act(contextFor(house, actor, requestId, () => browser), reading.request)
  }

  return {
    async visit(parameters) {
      const reading = await readAuthorizationRequest(house, parameters, actor && browser.address)
      if (reading.kind === 'refused') return { kind: 'refused', problem: explainError(reading.error, requestId) }
      if (!actor || reading.kind === 'unread') return { kind: 'signed_out' }
      if (reading.kind === 'returned') return reading
      try {
        const visit = await visitConsent(contextFor(house, actor, requestId, () => browser), reading.request)
        allowFormTo(new URL(reading.request.redirectUri).origin)
        return { kind: 'asked', visit }
      } catch (error) {
        const problem = explainError(error, requestId)
        if (!problem) throw error
        return { kind: 'refused', problem }
      }
    },
    allow: (parameters, picked) => decide(parameters, (context, request) => allowClient(context, request, picked)),
    refuse: (parameters) => decide(parameters, refuseClient),
  }
}

type Asked = Extract<AuthorizationReading, { kind: 'asked' }>['request']
