import { Link } from '@remix-run/react'
import Check from 'lucide-react/icons/check'
import ChevronsUpDown from 'lucide-react/icons/chevrons-up-down'
import Plus from 'lucide-react/icons/plus'
import { Content, Portal, Root, Trigger } from 'radix-ui/popover'
import { type KeyboardEvent, useState } from 'react'
import { Monogram } from '../ui/monogram.tsx'

/** From this many on, typing is quicker than looking. */
const FILTER_FROM = 8

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }

/** Arrow keys go from link to link, as in a menu; Tab does too. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key]
  if (step === undefined) return
  event.preventDefault()
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input, a')]
  const at = stops.findIndex((stop) => stop === document.activeElement)
  stops[(at + step + stops.length) % stops.length]?.focus()
}

interface NamespaceSwitcherProps {
  namespaces: readonly string[]
  current: string | undefined
  mayCreate: boolean
}

export function NamespaceSwitcher({ namespaces, current, mayCreate }: NamespaceSwitcherProps) {
  const [open, setOpen] = useState(false)
  const [filter, setFilter] = useState('')
  const shown = namespaces.filter((name) => name.toLowerCase().includes(filter.trim().toLowerCase()))

  function change(next: boolean) {
    setOpen(next)
    setFilter('')
  }

  return (
    <Root open={open} onOpenChange={change}>
      <Trigger className="flex h-10 w-full min-w-0 items-center gap-2 rounded-sm border border-line bg-surface px-2 text-left hover:bg-hover data-[state=open]:bg-hover">
        <Monogram name={current ?? '+'} className="size-6!" />
        <span className="min-w-0 flex-1">
          <span className="sr-only">Namespace: </span>
          <span className="block truncate font-medium">{current ?? 'No namespace yet'}</span>
        </span>
        <ChevronsUpDown className="size-4 shrink-0 text-muted" aria-hidden="true" />
      </Trigger>
      <Portal>
        <Content align="start" sideOffset={4} collisionPadding={8} aria-label="Namespaces" className="menu w-64" onKeyDown={moveFocus}>
          {namespaces.length >= FILTER_FROM && (
            <input
              type="search"
              aria-label="Filter namespaces"
              placeholder="Filter namespaces"
              autoComplete="off"
              spellCheck={false}
              value={filter}
              onChange={(event) => setFilter(event.target.value)}
              className="control mb-1 h-8 text-small"
            />
          )}
          <ul>
            {shown.map((name) => (
              <li key={name}>
                <Link
                  to={`/app/${encodeURIComponent(name)}`}
                  onClick={() => change(false)}
                  aria-current={name === current ? 'true' : undefined}
                  className="menu-item hover:bg-hover focus-visible:outline-2!"
                >
                  <span className="min-w-0 flex-1 truncate">{name}</span>
                  {name === current && <Check className="size-4 shrink-0" aria-hidden="true" />}
                </Link>
              </li>
            ))}
          </ul>
          {shown.length === 0 && <p className="px-2 py-1.5 text-small text-muted">{filter === '' ? 'There is no namespace yet.' : 'No namespace has that in its name.'}</p>}
          <Link
            to="/app/settings/namespaces"
            onClick={() => change(false)}
            className="menu-item mt-1 rounded-none border-t border-line hover:bg-hover focus-visible:outline-2!"
          >
            {mayCreate && <Plus className="size-4 shrink-0 text-muted" aria-hidden="true" />}
            {mayCreate ? 'New namespace' : 'All namespaces'}
          </Link>
        </Content>
      </Portal>
    </Root>
  )
}
