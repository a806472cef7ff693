// `j` and `k` go through the rows of a list; Enter opens the one in focus, as it is a link.
import type { RefObject } from 'react'
import { useShortcut } from '../../lib/shortcuts.ts'

/** Rows are the elements with `data-row` inside of `list`. */
export function useRowKeys(list: RefObject<HTMLElement>): void {
  function move(step: 1 | -1) {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
    const current = rows.findIndex((row) => row.closest('tr')?.contains(document.activeElement))
    const next = current < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(current + step, 0), rows.length - 1)
    rows[next]?.focus()
  }
  useShortcut('j', () => move(1), { label: 'Next connection', group: 'Connections' })
  useShortcut('k', () => move(-1), { label: 'Previous connection', group: 'Connections' })
}
