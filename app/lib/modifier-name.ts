import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** What the key for commands is called on this machine; the server does not know, and says Ctrl. */
export const useModifierName = (): string =>
  useSyncExternalStore(
    never,
    () => (/Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl'),
    () => 'Ctrl',
  )
