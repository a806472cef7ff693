import { type ComponentType, useEffect, useState } from 'react'
import { notify } from '../lib/notify.ts'
import type { CommandMenuProps } from './command-menu.tsx'

/** The menu is fetched when it is first opened: most visits do without. */
export function CommandLauncher(props: CommandMenuProps) {
  const { open, onOpenChange } = props
  const [CommandMenu, setCommandMenu] = useState<ComponentType<CommandMenuProps>>()

  useEffect(() => {
    if (!open || CommandMenu) return
    let isWanted = true
    import('./command-menu.tsx').then(
      (module) => isWanted && setCommandMenu(() => module.CommandMenu),
      () => {
        // A newer version of Plugboard has other files.
        notify.failure('This part of the page could not be loaded. Reload the page and try again.')
        onOpenChange(false)
      },
    )
    return () => {
      isWanted = false
    }
  }, [open, CommandMenu, onOpenChange])

  return open && CommandMenu ? <CommandMenu {...props} /> : null
}
