import { expect, it } from 'vitest'
import { createVia } from '../../../server/egress/via.ts'

const via = createVia('a1')

it.each(['1.1 plugboard-a1', '1.0 fred, 1.1 plugboard-a1 (comment)', ['1.1 fred', '2 plugboard-a1']])('a request that has been through us says so: %s', (header) => {
  expect(via.isOwn(header)).toBe(true)
})

it.each([undefined, '', '1.1 plugboard-a2', '1.1 plugboard-a11', 'plugboard-a1', '1.1 x-plugboard-a1'])('another one does not: %s', (header) => {
  expect(via.isOwn(header)).toBe(false)
})
