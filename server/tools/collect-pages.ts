// Everything that a server lists by one method, page after page.
import { invalidResponse } from '../mcp/upstream-error.ts'

const MAX_PAGES = 50
const MAX_ITEMS = 10_000

interface Listing<Item> {
  method: string
  /** Of the result. */
  member: string
  isItem(value: unknown): value is Item
}

/** `ask` asks for one page. @throws upstream.invalid_response, and whatever `ask` does */
export async function collectPages<Item>(
  ask: (params: { cursor?: string }) => Promise<Record<string, unknown>>,
  { method, member, isItem }: Listing<Item>,
): Promise<Item[]> {
  const items: Item[] = []
  let cursor: string | undefined
  for (let page = 0; page < MAX_PAGES; page++) {
    const result = await ask(cursor === undefined ? {} : { cursor })
    const listed: unknown = result[member]
    if (!Array.isArray(listed) || !listed.every(isItem)) throw invalidResponse(`a ${method} result without ${member}`)
    items.push(...listed)
    if (typeof result.nextCursor !== 'string' || result.nextCursor === '') return items
    if (items.length > MAX_ITEMS) break
    cursor = result.nextCursor
  }
  throw invalidResponse(`more pages of ${member} than there can be`)
}
