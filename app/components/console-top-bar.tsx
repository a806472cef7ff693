import { useLocation } from '@remix-run/react'
import MenuIcon from 'lucide-react/icons/menu'
import Search from 'lucide-react/icons/search'
import { Content, Overlay, Portal, Root, Title, Trigger } from 'radix-ui/dialog'
import { useState } from 'react'
import type { FrameParts } from '../lib/console-data.ts'
import type { LiveState } from '../lib/live-connections.ts'
import { CloseButton } from '../ui/close-button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { ConsoleSidebar } from './console-sidebar.tsx'

interface ConsoleTopBarProps extends FrameParts {
  live: LiveState | undefined
}

/** On screens without room for the sidebar: the same behind a button. */
export function ConsoleTopBar(props: ConsoleTopBarProps) {
  const { visitor, namespace, openCommands } = props
  const { key } = useLocation()
  // Open on the page on which it was opened: whoever follows a link has left it.
  const [openOn, setOpenOn] = useState<string>()

  function findFromSheet() {
    setOpenOn(undefined)
    openCommands()
  }

  return (
    <header className="sticky top-0 z-30 flex h-14 items-center gap-2 border-b border-line bg-canvas px-2 sm:px-6 lg:hidden">
      <Root open={openOn === key} onOpenChange={(open) => setOpenOn(open ? key : undefined)}>
        <Trigger asChild>
          <IconButton label="Menu" icon={MenuIcon} />
        </Trigger>
        <Portal>
          <Overlay className="fixed inset-0 z-40 bg-veil lg:hidden" />
          <Content aria-describedby={undefined} className="fixed inset-y-0 left-0 z-50 w-72 max-w-[calc(100vw-3rem)] animate-slide-in bg-canvas shadow-float lg:hidden">
            <Title className="sr-only">Menu</Title>
            <ConsoleSidebar {...props} openCommands={findFromSheet} />
            <CloseButton label="Close menu" />
          </Content>
        </Portal>
      </Root>
      <p className="min-w-0 flex-1 truncate">
        <span className="text-muted">{visitor.organization.name}</span>
        {namespace !== undefined && (
          <>
            <span className="px-1.5 text-idle" aria-hidden="true">
              /
            </span>
            <span className="font-medium">{namespace}</span>
          </>
        )}
      </p>
      <IconButton label="Search or jump to" icon={Search} onClick={openCommands} />
    </header>
  )
}
