import { type KeyboardEvent, useLayoutEffect, useRef } from 'react'

const MOVING_KEYS = ['ArrowUp', 'ArrowDown', 'Home', 'End']

/**
 * Properties for a cmdk menu in which `best` is the first row. cmdk selects the first row when something is typed, and stays
 * there when a better one arrives later. Here the better one is selected, unless a person has chosen since the last letter.
 */
export function useBestSelected(best: string | undefined, text: string) {
  const ref = useRef<HTMLDivElement>(null)
  const isChosen = useRef(false)

  useLayoutEffect(() => {
    isChosen.current = false
  }, [text])

  useLayoutEffect(() => {
    if (isChosen.current) return
    // cmdk's own way to the first row: setting its `value` leaves aria-activedescendant at the old one.
    ref.current?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Home', bubbles: true }))
    isChosen.current = false
  }, [best, text])

  return {
    ref,
    onKeyDown({ key, ctrlKey }: KeyboardEvent) {
      if (ctrlKey || MOVING_KEYS.includes(key)) isChosen.current = true
    },
    onPointerMove() {
      isChosen.current = true
    },
  }
}
