import { expect, it } from 'vitest'
import { findMutations } from '../../../server/api/direct-mutations.ts'

it('mutations are found without tRPC\'s handler, one or a batch of them', () => {
  expect(findMutations('/trpc/tools.invoke')).toEqual({ paths: ['tools.invoke'], batched: false })
  expect(findMutations('/trpc/tools.invoke?batch=1')).toEqual({ paths: ['tools.invoke'], batched: true })
  expect(findMutations('/trpc/tools.invoke,keys.create?batch=1')).toEqual({ paths: ['tools.invoke', 'keys.create'], batched: true })
})

it.each([
  '/trpc/tools.list',
  '/trpc/connections.watch',
  '/trpc/tools.invoke,tools.list?batch=1',
  '/trpc/tools.invoke,tools.invoke',
  `/trpc/${Array<string>(11).fill('tools.invoke').join(',')}?batch=1`,
  '/trpc/tools.invoke?connectionParams=1',
  '/trpc/tools%2Einvoke',
  '/trpc/toString',
  '/trpc/',
  '/trpc',
  '/trpcx/tools.invoke',
])('whatever else tRPC knows is left to its handler: %s', (url) => {
  expect(findMutations(url)).toBeUndefined()
})
