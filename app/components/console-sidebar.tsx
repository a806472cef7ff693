import { Link } from '@remix-run/react'
import Search from 'lucide-react/icons/search'
import type { FrameParts } from '../lib/console-data.ts'
import { namespaceLinks, settingsLinks } from '../lib/console-links.ts'
import type { LiveState } from '../lib/live-connections.ts'
import { useModifierName } from '../lib/modifier-name.ts'
import { Kbd } from '../ui/kbd.tsx'
import { ConsoleNav } from './console-nav.tsx'
import { LiveIndicator } from './live-indicator.tsx'
import { Logo } from './logo.tsx'
import { NamespaceSwitcher } from './namespace-switcher.tsx'
import { UserMenu } from './user-menu.tsx'

interface ConsoleSidebarProps extends FrameParts {
  live: LiveState | undefined
}

/** Beside the page on wide screens, in a sheet over it on narrow ones. */
export function ConsoleSidebar({ visitor, namespaces, namespace, openCommands, live }: ConsoleSidebarProps) {
  return (
    <div className="flex h-full flex-col">
      <div className="flex h-14 shrink-0 items-center px-4">
        <Link to="/app" className="-mx-1 flex min-w-0 items-center gap-2 rounded-sm px-1 font-semibold">
          <Logo />
          <span className="sr-only">Plugboard of </span>
          <span className="truncate">{visitor.organization.name}</span>
        </Link>
      </div>
      <div className="grid gap-2 px-3">
        <NamespaceSwitcher namespaces={namespaces} current={namespace} mayCreate={visitor.role !== 'member'} />
        <button
          type="button"
          onClick={openCommands}
          aria-keyshortcuts="Control+K Meta+K"
          className="flex h-8 items-center gap-2 rounded-sm border border-line bg-surface px-2 text-small text-muted hover:bg-hover hover:text-ink"
        >
          <Search className="size-4 shrink-0" aria-hidden="true" />
          <span className="flex-1 text-left">Search…</span>
          <span aria-hidden="true" className="flex gap-0.5 pointer-coarse:hidden">
            <Kbd>{useModifierName()}</Kbd>
            <Kbd>K</Kbd>
          </span>
        </button>
      </div>
      <nav aria-label="Console" className="min-h-0 flex-1 overflow-y-auto px-3 py-4">
        {namespace !== undefined && <ConsoleNav label="Namespace" hideLabel links={namespaceLinks(namespace, visitor.role)} />}
        <ConsoleNav label="Settings" links={settingsLinks(visitor.role)} />
      </nav>
      <div className="border-t border-line p-3">
        {live && (
          <div className="mb-2 px-2">
            <LiveIndicator state={live} />
          </div>
        )}
        <UserMenu visitor={visitor} />
      </div>
    </div>
  )
}
