// What a search over tools finds, and in which order.
import { expect, it } from 'vitest'
import { rankTools } from '../../../server/aggregate/rank-tools.ts'

const tools = [
  { name: 'billing.createInvoice', description: 'Makes an invoice' },
  { name: 'billing.list_customers', title: 'Customers', description: 'Everybody who ever had an invoice' },
  { name: 'wiki.search', description: 'Finds pages' },
  { name: 'wiki.größe', description: 'Wie groß eine Seite ist' },
  { name: 'odd.tool', title: 7, description: null },
]
const found = (query: string) => rankTools(tools, query).map(({ name }) => name)

it.each([
  ['invoice', ['billing.createInvoice', 'billing.list_customers']],
  ['customers invoice', ['billing.list_customers', 'billing.createInvoice']],
  ['create-invoice', ['billing.createInvoice', 'billing.list_customers']],
  ['CUSTOM', ['billing.list_customers']],
  ['wiki', ['wiki.search', 'wiki.größe']],
  ['GRÖSSE größe', ['wiki.größe']],
  ['xyz', []],
  ['', []],
  ['?!*(', []],
])('%j finds the best first', (query, expected) => {
  expect(found(query)).toEqual(expected)
})

it('takes hostile descriptions in no more time than others', () => {
  const hostile = [{ name: 'it.a', description: 'aA1'.repeat(1_000_000) }]
  expect(rankTools(hostile, 'a'.repeat(1000))).toEqual([])
})
