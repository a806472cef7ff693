import { Command } from 'cmdk'
import ChevronsUpDown from 'lucide-react/icons/chevrons-up-down'
import { Content, Portal, Root, Trigger } from 'radix-ui/popover'
import { useState } from 'react'
import { StatusBadge } from '../../ui/status-badge.tsx'
import type { ConnectionOption } from './connection-option.ts'
import { useConnectionSearch } from './use-connection-search.ts'

interface ConnectionPickerProps {
  namespace: string
  newest: readonly ConnectionOption[]
  selected: ConnectionOption | undefined
  onSelect: (connectionId: string) => void
}

export function ConnectionPicker({ namespace, newest, selected, onSelect }: ConnectionPickerProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Root open={isOpen} onOpenChange={setOpen}>
      <Trigger className="control needs-script flex min-h-9 items-center gap-2 text-left">
        <span className="sr-only">Connection: </span>
        <span className="min-w-0 flex-1 truncate font-mono text-code">{selected?.connectionId ?? 'Choose a connection'}</span>
        {selected && <StatusBadge state={selected.status.state} />}
        <ChevronsUpDown className="size-4 shrink-0 text-muted" aria-hidden="true" />
      </Trigger>
      <Portal>
        <Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label="Choose a connection"
          className="z-50 w-88 max-w-[calc(100vw-1rem)] animate-appear overflow-hidden rounded-lg bg-raised shadow-float"
        >
          <ConnectionSearch
            namespace={namespace}
            newest={newest}
            onSelect={(connectionId) => {
              setOpen(false)
              onSelect(connectionId)
            }}
          />
        </Content>
      </Portal>
    </Root>
  )
}

function ConnectionSearch({ namespace, newest, onSelect }: Omit<ConnectionPickerProps, 'selected'>) {
  const [text, setText] = useState('')
  const { found, isSearching } = useConnectionSearch({ namespace, newest, text })
  return (
    <Command shouldFilter={false} label="Connections">
      <Command.Input
        value={text}
        onValueChange={setText}
        placeholder="Search, or paste an id"
        className="h-10 w-full border-b border-line bg-transparent px-3 outline-none"
      />
      <Command.List className="max-h-72 overflow-y-auto p-1">
        {found.map(({ connectionId, name, status }) => (
          <Command.Item key={connectionId} value={connectionId} onSelect={() => onSelect(connectionId)} className="menu-item">
            <span className="min-w-0 flex-1">
              <span className="block truncate font-mono text-code">{connectionId}</span>
              {name !== connectionId && <span className="block truncate text-tiny text-muted">{name}</span>}
            </span>
            <StatusBadge state={status.state} />
          </Command.Item>
        ))}
      </Command.List>
      <p aria-live="polite" className="border-t border-line px-3 py-2 text-tiny text-muted">
        {isSearching ? 'Searching…' : found.length === 0 ? 'No connection has this id or name.' : `The newest ${newest.length}; a whole id or name finds any other.`}
      </p>
    </Command>
  )
}
