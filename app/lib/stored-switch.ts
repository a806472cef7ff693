// A choice that this browser keeps for itself.
import { useSyncExternalStore } from 'react'

export interface StoredSwitch {
  read(): boolean
  write(on: boolean): void
  subscribe(listener: () => void): () => void
  /** What it is while the server renders. */
  initial: boolean
}

export function createStoredSwitch(name: string, initial: boolean): StoredSwitch {
  const listeners = new Set<() => void>()
  // Where storage is forbidden, the choice lasts as long as the page.
  let unstored: boolean | undefined
  return {
    initial,
    read() {
      if (unstored !== undefined) return unstored
      try {
        const text = localStorage.getItem(name)
        return text === null ? initial : text === 'on'
      } catch {
        return initial
      }
    },
    write(on) {
      try {
        localStorage.setItem(name, on ? 'on' : 'off')
      } catch {
        unstored = on
      }
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export const useStoredSwitch = ({ subscribe, read, initial }: StoredSwitch): boolean => useSyncExternalStore(subscribe, read, () => initial)
