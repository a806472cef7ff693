// What stays around every page of the console: where one is, where one can go, and who one is.
import { useNavigation, useParams } from '@remix-run/react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { ConsoleData, FrameParts } from '../lib/console-data.ts'
import { useLiveConnections } from '../lib/live-connections.ts'
import { useShortcutKeys } from '../lib/shortcuts.ts'
import { CommandLauncher } from './command-launcher.tsx'
import { ConsoleShortcuts } from './console-shortcuts.tsx'
import { ConsoleSidebar } from './console-sidebar.tsx'
import { ConsoleToaster } from './console-toaster.tsx'
import { ConsoleTopBar } from './console-top-bar.tsx'
import { NavigationProgress } from './navigation-progress.tsx'
import { PageAnnouncer } from './page-announcer.tsx'

const MAIN = 'main'

export function ConsoleFrame({ data, children }: { data: ConsoleData; children: ReactNode }) {
  const { namespace: addressed } = useParams()
  const known = addressed !== undefined && data.namespaces.includes(addressed) ? addressed : undefined
  const namespace = known ?? data.lastNamespace
  const [queryClient] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: false, refetchOnWindowFocus: false } } }))
  const [commandsOpen, setCommandsOpen] = useState(false)
  const isBusy = useNavigation().state === 'loading'
  const live = useLiveConnections(known)
  useShortcutKeys()
  const parts: FrameParts = { ...data, namespace, openCommands: () => setCommandsOpen(true) }

  return (
    <QueryClientProvider client={queryClient}>
      <a href={`#${MAIN}`} className="button absolute! top-2 left-2 z-60 not-focus:sr-only" data-variant="primary">
        Skip to content
      </a>
      <NavigationProgress />
      <div className="min-h-dvh lg:grid lg:grid-cols-[15rem_minmax(0,1fr)]">
        <header className="sticky top-0 hidden h-dvh border-r border-line bg-sunken lg:block">
          <ConsoleSidebar {...parts} live={live} />
        </header>
        <div className="flex min-w-0 flex-col">
          <ConsoleTopBar {...parts} live={live} />
          <main id={MAIN} tabIndex={-1} aria-busy={isBusy} className="mx-auto w-full max-w-288 flex-1 px-4 pt-6 pb-16 outline-none sm:px-8 sm:pt-8">
            {children}
          </main>
        </div>
      </div>
      <CommandLauncher {...parts} open={commandsOpen} onOpenChange={setCommandsOpen} />
      <ConsoleShortcuts {...parts} />
      <PageAnnouncer />
      <ConsoleToaster />
    </QueryClientProvider>
  )
}
