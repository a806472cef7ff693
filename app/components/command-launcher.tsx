import { Content, Overlay, Portal, Root, Title } from 'radix-ui/dialog'
import { type ComponentType, useEffect, useState } from 'react'
import type { FrameParts } from '../lib/console-data.ts'
import { notify } from '../lib/notify.ts'
import { COMMAND_INPUT } from './command-input.ts'
import type { CommandMenuProps } from './command-menu.tsx'

interface CommandLauncherProps extends FrameParts {
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** The menu is fetched when it is first opened: most visits do without. Until it is there, its input is. */
export function CommandLauncher({ open, onOpenChange, ...parts }: CommandLauncherProps) {
  const [Menu, setMenu] = useState<ComponentType<CommandMenuProps>>()

  useEffect(() => {
    if (!open || Menu) return
    let isWanted = true
    import('./command-menu.tsx').then(
      (module) => isWanted && setMenu(() => module.CommandMenu),
      () => {
        if (!isWanted) return
        // A newer version of Plugboard has other files.
        notify.failure('This part of the page could not be loaded. Reload the page and try again.')
        onOpenChange(false)
      },
    )
    return () => {
      isWanted = false
    }
  }, [open, Menu, onOpenChange])

  return (
    <Root open={open} onOpenChange={onOpenChange}>
      <Portal>
        <Overlay className="fixed inset-0 z-40 bg-veil" />
        <Content
          aria-describedby={undefined}
          className="fixed inset-x-4 top-[max(1rem,14vh)] z-50 mx-auto max-w-144 animate-appear overflow-hidden rounded-lg bg-raised shadow-float"
        >
          <Title className="sr-only">{COMMAND_INPUT.label}</Title>
          <CommandLine {...parts} Menu={Menu} onClose={() => onOpenChange(false)} />
        </Content>
      </Portal>
    </Root>
  )
}

interface CommandLineProps extends FrameParts {
  Menu: ComponentType<CommandMenuProps> | undefined
  onClose: () => void
}

/** Keeps what is typed, from the first key on. */
function CommandLine({ Menu, ...rest }: CommandLineProps) {
  const [text, setText] = useState('')
  if (Menu) return <Menu {...rest} text={text} onText={setText} />
  return (
    <>
      <input
        type="text"
        value={text}
        onChange={({ target }) => setText(target.value)}
        aria-label={COMMAND_INPUT.label}
        placeholder={COMMAND_INPUT.placeholder}
        autoComplete="off"
        spellCheck={false}
        className={COMMAND_INPUT.className}
      />
      <output className="block px-2 py-6 text-center text-small text-muted">Loading…</output>
    </>
  )
}
