// Keys that work anywhere in the console, except where someone types. Those of one key can be turned off
// (WCAG 2.2 §2.1.4): speech input would press them by accident.
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { createShortcutRegistry, type Shortcut } from './shortcut-registry.ts'
import { createStoredSwitch } from './stored-switch.ts'

const registry = createShortcutRegistry()
const NONE: readonly Shortcut[] = []

export const singleKeys = createStoredSwitch('plugboard.single-keys', true)

/** `keys` as in `Shortcut`. Registered for as long as the component is shown. */
export function useShortcut(keys: string, handler: () => void, { label, group }: { label: string; group: string }): void {
  const latest = useRef(handler)
  useEffect(() => {
    latest.current = handler
  })
  useEffect(() => registry.add({ keys, label, group, run: () => latest.current() }), [keys, label, group])
}

/** All that are registered now. */
export const useShortcuts = (): readonly Shortcut[] => useSyncExternalStore(registry.subscribe, registry.list, () => NONE)

const TYPING = 'input, textarea, select, [contenteditable]:not([contenteditable="false"]), [role="textbox"]'
const FLOATING = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]'

const isBusy = ({ target }: KeyboardEvent) =>
  document.querySelector(FLOATING) !== null || (target instanceof Element && target.closest(TYPING) !== null)

function pressKey(event: KeyboardEvent): void {
  const { key, ctrlKey, metaKey, altKey, isComposing, repeat, defaultPrevented } = event
  if (defaultPrevented || isComposing || repeat || altKey || key === 'Shift') return
  const withModifier = ctrlKey || metaKey
  if (!withModifier && (!singleKeys.read() || isBusy(event))) return
  if (registry.press(withModifier ? `mod+${key.toLowerCase()}` : key, event.timeStamp)) event.preventDefault()
}

/** For the frame, once: listens while it is shown. */
export function useShortcutKeys(): void {
  useEffect(() => {
    document.addEventListener('keydown', pressKey)
    return () => document.removeEventListener('keydown', pressKey)
  }, [])
}
