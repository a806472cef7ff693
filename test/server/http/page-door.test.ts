// What holds for every answer of the page door, whatever the page itself says.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningPlugboard, startPlugboard } from '../../support/start-plugboard.ts'

let plugboard: RunningPlugboard
beforeAll(async () => {
  const statusOf = ({ url }: Request) => (url.includes('nobody') ? 404 : 200)
  plugboard = await startPlugboard({ pages: async () => async (request) => new Response('a page', { status: statusOf(request), headers: { 'cache-control': 'max-age=7' } }) })
})
afterAll(() => plugboard.stop())

const OURS = { 'sec-fetch-site': 'same-origin' }

it.each([
  ['a page', 'GET', '/', {}],
  ['the data of a page', 'GET', '/app/settings/keys.data', OURS],
  ['the answer to a form', 'POST', '/app/settings/keys', OURS],
  ['the refusal of one', 'POST', '/app/settings/keys', { 'sec-fetch-site': 'cross-site' }],
])('%s stays in no cache: it may show a secret', async (_what, method, path, headers) => {
  const response = await fetch(plugboard.url + path, { method, headers: { accept: 'text/html', ...headers } })
  await response.text()
  expect(response.headers.get('cache-control')).toBe('no-store')
})

it('our client metadata document, which is the same for everybody, may be kept for an hour; that there is none, may not', async () => {
  const cachingOf = async (file: string) => (await fetch(`${plugboard.url}/oauth/client-metadata/${file}`)).headers.get('cache-control')
  expect([await cachingOf('somebody.json'), await cachingOf('nobody.json')]).toEqual(['public, max-age=3600', 'no-store'])
})
