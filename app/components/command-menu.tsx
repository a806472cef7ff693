// Every page, namespace and connection, and what can be done, behind one line of typing.
import { useNavigate, useSubmit } from '@remix-run/react'
import { Command } from 'cmdk'
import type { LucideIcon } from 'lucide-react'
import KeyRound from 'lucide-react/icons/key-round'
import LogOut from 'lucide-react/icons/log-out'
import Plus from 'lucide-react/icons/plus'
import SunMoon from 'lucide-react/icons/sun-moon'
import { Content, Overlay, Portal, Root, Title } from 'radix-ui/dialog'
import { useState } from 'react'
import type { FrameParts } from '../lib/console-data.ts'
import { addConnectionPath, namespaceLinks, settingsLinks } from '../lib/console-links.ts'
import { useChooseTheme } from '../lib/theme-choice.ts'
import { Monogram } from '../ui/monogram.tsx'
import { CommandConnections } from './command-connections.tsx'
import { CommandRow } from './command-row.tsx'

export interface CommandMenuProps extends FrameParts {
  open: boolean
  onOpenChange: (open: boolean) => void
}

interface CommandAction {
  label: string
  icon: LucideIcon
  run: () => void
}

const HEADING = '[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-3 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-tiny [&_[cmdk-group-heading]]:text-muted'

function isDark(): boolean {
  const { colorScheme } = getComputedStyle(document.documentElement)
  return colorScheme === 'dark' || (colorScheme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
}

function useActions({ visitor, namespace }: FrameParts): readonly CommandAction[] {
  const navigate = useNavigate()
  const submit = useSubmit()
  const chooseTheme = useChooseTheme()
  return [
    ...(namespace === undefined ? [] : [{ label: 'Add connection', icon: Plus, run: () => navigate(addConnectionPath(namespace)) }]),
    ...(visitor.role === 'member' ? [] : [{ label: 'New API key', icon: KeyRound, run: () => navigate('/app/settings/keys') }]),
    { label: 'Change between light and dark', icon: SunMoon, run: () => chooseTheme(isDark() ? 'light' : 'dark') },
    { label: 'Sign out', icon: LogOut, run: () => submit(null, { method: 'post', action: '/sign-out' }) },
  ]
}

export function CommandMenu(props: CommandMenuProps) {
  const { visitor, namespaces, namespace, open, onOpenChange } = props
  const navigate = useNavigate()
  const actions = useActions(props)
  const [text, setText] = useState('')
  const links = [...(namespace === undefined ? [] : namespaceLinks(namespace)), ...settingsLinks(visitor.role)]

  const closing = (run: () => void) => () => {
    onOpenChange(false)
    run()
  }
  const goTo = (path: string) => closing(() => navigate(path))

  return (
    <Root open={open} onOpenChange={onOpenChange}>
      <Portal>
        <Overlay className="fixed inset-0 z-40 bg-veil" />
        <Content
          aria-describedby={undefined}
          className="fixed inset-x-4 top-[max(1rem,14vh)] z-50 mx-auto max-w-144 animate-appear overflow-hidden rounded-lg bg-raised shadow-float"
        >
          <Title className="sr-only">Search or jump to</Title>
          <Command label="Search or jump to" loop>
            <Command.Input
              value={text}
              onValueChange={setText}
              placeholder="Search connections, pages and actions"
              className="h-12 w-full border-b border-line bg-transparent px-4 outline-none focus-visible:border-accent focus-visible:shadow-[inset_0_-1px_0_var(--color-accent)]"
            />
            <Command.List className={`max-h-[min(24rem,60dvh)] scroll-pt-9 scroll-pb-2 overflow-y-auto px-2 pb-2 ${HEADING}`}>
              <Command.Empty className="px-2 pt-6 pb-4 text-center text-small text-muted">Nothing has that in its name.</Command.Empty>
              {namespace !== undefined && <CommandConnections namespace={namespace} text={text} onChoose={(path) => goTo(path)()} />}
              <Command.Group heading="Pages">
                {links.map(({ to, label, icon, keys }) => (
                  <CommandRow key={to} value={`page ${label}`} icon={icon} label={label} keys={keys} onSelect={goTo(to)} />
                ))}
              </Command.Group>
              <Command.Group heading="Actions">
                {actions.map(({ label, icon, run }) => (
                  <CommandRow key={label} value={`do ${label}`} icon={icon} label={label} onSelect={closing(run)} />
                ))}
              </Command.Group>
              {namespaces.length > 1 && (
                <Command.Group heading="Namespaces">
                  {namespaces.map((name) => (
                    <CommandRow
                      key={name}
                      value={`namespace ${name}`}
                      picture={<Monogram name={name} size="sm" />}
                      label={name}
                      onSelect={goTo(`/app/${encodeURIComponent(name)}`)}
                    />
                  ))}
                </Command.Group>
              )}
            </Command.List>
          </Command>
        </Content>
      </Portal>
    </Root>
  )
}
