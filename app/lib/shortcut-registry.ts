// Which keys do what at the moment. Knows keys and time, not the browser: `shortcuts.ts` ties it to that.

export interface Shortcut {
  /** A key (`c`, `?`), two in a row (`g c`), or one with Ctrl or Cmd (`mod+k`). */
  keys: string
  label: string
  /** Heading under which the help sheet lists it. */
  group: string
  run: () => void
}

export interface ShortcutRegistry {
  /** The latest wins if several want the same keys. The function that is returned takes it out again. */
  add(shortcut: Shortcut): () => void
  list(): readonly Shortcut[]
  subscribe(listener: () => void): () => void
  /** `at` in ms on any clock. True if something ran or a sequence was begun, so that the browser must not use the key. */
  press(key: string, at: number): boolean
}

/** How long the second key of a sequence may take. */
const SEQUENCE_MS = 1_500

export function createShortcutRegistry(): ShortcutRegistry {
  let shortcuts: readonly Shortcut[] = []
  let begun: { key: string; at: number } | undefined
  const listeners = new Set<() => void>()

  function replace(next: readonly Shortcut[]) {
    shortcuts = next
    for (const listener of listeners) listener()
  }

  const find = (keys: string) => shortcuts.findLast((shortcut) => shortcut.keys === keys)

  return {
    add(shortcut) {
      replace([...shortcuts, shortcut])
      return () => replace(shortcuts.filter((each) => each !== shortcut))
    },
    list: () => shortcuts,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    press(key, at) {
      const first = begun && at - begun.at <= SEQUENCE_MS ? begun.key : undefined
      begun = undefined
      const found = (first !== undefined && find(`${first} ${key}`)) || find(key)
      if (found) {
        found.run()
        return true
      }
      if (!shortcuts.some(({ keys }) => keys.startsWith(`${key} `))) return false
      begun = { key, at }
      return true
    },
  }
}
