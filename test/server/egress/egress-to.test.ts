import { expect, it, onTestFinished } from 'vitest'
import { createEgressTo } from '../../../server/egress/egress-to.ts'
import { startJsonServer } from '../../support/json-server.ts'
import { exchangeOf, failureOf, requestTo } from '../../support/test-egress.ts'

async function startPlace() {
  const place = await startJsonServer((_path, res) => res.end('here'))
  onTestFinished(() => place.stop())
  return place
}

it('leads to its one place, wherever that is, and to no other', async () => {
  const [place, other] = [await startPlace(), await startPlace()]
  const egress = createEgressTo(place.url, { publicUrl: new URL('https://plugboard.example'), ownListeners: () => [], instanceId: 'test' })
  onTestFinished(() => egress.close())
  expect(await exchangeOf(egress, requestTo(place.url))).toMatchObject({ status: 200, body: 'here' })
  for (const url of [other.url.href, `https://127.0.0.1:${other.port}`, 'https://10.0.0.1', 'https://localhost:1']) {
    expect((await failureOf(exchangeOf(egress, requestTo(url)))).requestSent).toBe(false)
  }
  expect(other.seen).toEqual([])
})

it('does not lead to ourselves', async () => {
  const place = await startPlace()
  const egress = createEgressTo(place.url, {
    publicUrl: new URL('https://plugboard.example'),
    ownListeners: () => [{ address: '127.0.0.1', port: place.port }],
    instanceId: 'test',
  })
  onTestFinished(() => egress.close())
  expect((await failureOf(exchangeOf(egress, requestTo(place.url)))).reason).toBe('EGRESS_OWN_LISTENER')
})
