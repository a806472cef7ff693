import { Link } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'
import type { ToolFacts } from '../../lib/tool-facts.ts'
import { SearchInput } from '../../ui/search-input.tsx'
import { playgroundLink } from './playground-link.ts'

interface ToolListProps {
  namespace: string
  connectionId: string
  tools: readonly ToolFacts[]
  selected: string | undefined
}

/** A page lays out all that it is given. */
const MAX_SHOWN = 200

const matches = ({ name, title = '', description = '' }: ToolFacts, text: string) => `${name}\n${title}\n${description}`.toLowerCase().includes(text.trim().toLowerCase())

export function ToolList({ namespace, connectionId, tools, selected }: ToolListProps) {
  const [text, setText] = useState('')
  const list = useRef<HTMLUListElement>(null)
  const found = tools.filter((tool) => matches(tool, text))

  useEffect(() => {
    // Only the list moves: `scrollIntoView` would take the page along.
    const [current, place] = [list.current?.querySelector<HTMLElement>('[aria-current]'), list.current]
    if (current && place) place.scrollTop = current.offsetTop - place.offsetTop - (place.clientHeight - current.offsetHeight) / 2
  }, [])

  return (
    <nav aria-label="Tools" className="grid min-h-0 min-w-0 gap-2">
      <SearchInput label={`Filter ${tools.length} ${tools.length === 1 ? 'tool' : 'tools'}`} className="needs-script" value={text} onChange={({ target }) => setText(target.value)} />
      <ul ref={list} className="-mx-1 grid max-h-64 grid-cols-[minmax(0,1fr)] content-start gap-px overflow-y-auto p-1 lg:max-h-[calc(100vh-22rem)]">
        {found.slice(0, MAX_SHOWN).map((tool) => (
          <li key={tool.name}>
            <ToolLink tool={tool} to={playgroundLink(namespace, connectionId, tool.name)} isSelected={tool.name === selected} />
          </li>
        ))}
      </ul>
      <p aria-live="polite" className="text-tiny text-muted empty:hidden">
        {found.length === 0 && 'No tool has this in its name or description.'}
        {found.length > MAX_SHOWN && `The first ${MAX_SHOWN} of ${found.length}; type to narrow.`}
      </p>
    </nav>
  )
}

function ToolLink({ tool, to, isSelected }: { tool: ToolFacts; to: string; isSelected: boolean }) {
  return (
    <Link
      to={to}
      replace
      preventScrollReset
      aria-current={isSelected ? 'true' : undefined}
      className="block rounded-sm px-2 py-1.5 hover:bg-hover focus-visible:-outline-offset-2 aria-[current]:bg-accent-soft"
    >
      <span className="block truncate font-mono text-code">{tool.name}</span>
      {tool.description && <span className="block truncate text-tiny text-muted">{tool.description}</span>}
    </Link>
  )
}
