import type { LoaderFunctionArgs, ServerBuild } from '@remix-run/node'
import { describe, expect, it } from 'vitest'
import { explainError } from '../../../server/http/explain-error.ts'
import { explainedBuild } from '../../../server/http/explained-build.ts'
import { AppError } from '../../../server/lib/app-error.ts'

/** What comes out of a page whose action reads a form. */
async function post(contentType: string | undefined, body: string): Promise<unknown> {
  const action = async ({ request }: LoaderFunctionArgs) => Object.fromEntries(await request.formData())
  const route = { id: 'page', path: 'page', module: { default: () => null, action } }
  const { routes } = explainedBuild({ routes: { page: route } } as unknown as ServerBuild)
  const request = new Request('http://127.0.0.1/page', { method: 'POST', ...(contentType && { headers: { 'content-type': contentType }, body }) })
  const context = { explain: (error: unknown) => explainError(error, 'req_1') }
  const handler = routes.page?.module.action as (input: LoaderFunctionArgs) => Promise<unknown>
  return handler({ request, params: {}, context } as unknown as LoaderFunctionArgs).catch((error: unknown) => error)
}

describe('what is posted to a page', () => {
  it.each([
    ['nothing at all', undefined, ''],
    ['JSON', 'application/json', '{}'],
    ['text', 'text/plain', 'name=Ada'],
    ['a form in parts without an end', 'multipart/form-data; boundary=x', '--x'],
  ])('as %s is refused in words, and no failure of ours', async (_what, contentType, body) => {
    const answer = (await post(contentType, body)) as Response
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([415, 'http.not_a_form'])
  })

  it('as a form reaches it', async () => {
    expect(await post('application/x-www-form-urlencoded;charset=UTF-8', 'name=Ada')).toEqual({ name: 'Ada' })
  })
})

/** What comes out of a page whose loader throws `thrown`. */
async function outcomeOf(thrown: unknown): Promise<unknown> {
  const loader = () => Promise.reject(thrown)
  const route = { id: 'page', path: 'page', module: { default: () => null, loader } }
  const { routes } = explainedBuild({ routes: { page: route } } as unknown as ServerBuild)
  const context = { explain: (error: unknown) => explainError(error, 'req_1') }
  const args = { request: new Request('http://127.0.0.1/page'), params: {}, context } as unknown as LoaderFunctionArgs
  const handler = routes.page?.module.loader as (input: LoaderFunctionArgs) => Promise<unknown>
  return handler(args).catch((error: unknown) => error)
}

describe('a page whose loader throws', () => {
  it('what was foreseen answers with its status and its words', async () => {
    const missing = new AppError({ code: 'connection.not_found', kind: 'not_found', message: 'There is no such connection.' })
    const answer = (await outcomeOf(missing)) as Response
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ code: 'connection.not_found', message: 'There is no such connection.', requestId: 'req_1' })
  })

  it('an answer, such as a redirect, gives that answer', async () => {
    const redirect = new Response(null, { status: 302, headers: { location: '/sign-in' } })
    expect(await outcomeOf(redirect)).toBe(redirect)
  })

  it('what nobody foresaw goes on as it is, for the log', async () => {
    const bug = new TypeError('x is not a function')
    expect(await outcomeOf(bug)).toBe(bug)
  })
})
