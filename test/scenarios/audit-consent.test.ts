// What people do at a link, and what an app's backend makes of it, is in the audit log; what they were given is not.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AuditPage } from '../../server/history/audit-view.ts'
import { type ConnectingApp, RETURN_URL, startConnectingApp } from '../support/connecting-app.ts'
import { createConnectingPerson } from '../support/connecting-person.ts'

let app: ConnectingApp
beforeAll(async () => {
  app = await startConnectingApp()
})
afterAll(() => app?.stop())

const logOf = async (target: string) =>
  (await app.plugboard.send<AuditPage>('GET', `/api/audit?target=${target}`)).body.entries.map(({ action, result, code, actor, address }) => ({ action, result, code, actor: actor.kind, address }))

it('a consent, its completion by the backend, and the code that was wrong before it', async () => {
  const session = await app.create({ completion: 'backend', person: 'user-7', returnUrl: RETURN_URL })
  const back = await createConnectingPerson().connect(session.url)
  const [connectionId, code] = ['connectionId', 'code'].map((name) => back.searchParams.get(name)!)
  expect((await app.complete(session, { code: 'not the code', person: 'user-7' })).status).toBe(403)
  expect((await app.complete(session, { code: code!, person: 'user-7' })).status).toBe(200)
  expect(await logOf(connectionId!)).toMatchObject([
    { action: 'grant.consent', result: 'ok', actor: 'person', address: '127.0.0.1' },
    { action: 'connection.create', actor: 'api_key' },
  ])
  expect(await logOf(session.connectSessionId)).toMatchObject([
    { action: 'connect_session.end', result: 'ok', actor: 'system' },
    { action: 'connect_session.complete', result: 'ok', actor: 'api_key' },
    { action: 'connect_session.create', result: 'ok', actor: 'api_key' },
  ])
  const denied = await app.plugboard.send<AuditPage>('GET', '/api/audit?result=denied')
  expect(denied.body.entries).toMatchObject([{ action: 'access.request', code: 'connect_session.code_wrong' }])
})

it('somebody who says no', async () => {
  const session = await app.create({ returnUrl: RETURN_URL })
  const back = await createConnectingPerson().connect(session.url, { consent: false })
  expect(await logOf(back.searchParams.get('connectionId')!)).toMatchObject([
    { action: 'grant.consent', result: 'denied', code: 'oauth.authorization_refused', actor: 'person' },
    { action: 'connection.create' },
  ])
})
