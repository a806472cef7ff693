// Every page, namespace and connection, and what can be done, behind one line of typing.
import { Command } from 'cmdk'
import { useLayoutEffect, useRef } from 'react'
import type { FrameParts } from '../lib/console-data.ts'
import { useBestSelected } from '../lib/use-best-selected.ts'
import { COMMAND_INPUT } from './command-input.ts'
import { CommandRow } from './command-row.tsx'
import { useCommandGroups } from './use-command-groups.tsx'

export interface CommandMenuProps extends FrameParts {
  text: string
  onText: (text: string) => void
  onClose: () => void
}

const HEADING = '[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-3 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-tiny [&_[cmdk-group-heading]]:text-muted'

export function CommandMenu({ text, onText, onClose, ...parts }: CommandMenuProps) {
  const groups = useCommandGroups(parts, text)
  const selection = useBestSelected(groups[0]?.entries[0]?.id, text)
  const input = useRef<HTMLInputElement>(null)

  // Takes over from the input that stood here while the menu was fetched, in the middle of a word perhaps.
  useLayoutEffect(() => {
    const { current } = input
    current?.focus()
    current?.setSelectionRange(current.value.length, current.value.length)
  }, [])

  return (
    <Command label={COMMAND_INPUT.label} shouldFilter={false} loop {...selection}>
      <Command.Input ref={input} value={text} onValueChange={onText} placeholder={COMMAND_INPUT.placeholder} className={COMMAND_INPUT.className} />
      <Command.List className={`max-h-[min(24rem,60dvh)] scroll-pt-9 scroll-pb-2 overflow-y-auto px-2 pb-2 ${HEADING}`}>
        <Command.Empty className="px-2 pt-6 pb-4 text-center text-small text-muted">Nothing has that in its name.</Command.Empty>
        {groups.map(({ heading, entries }) => (
          <Command.Group key={heading} heading={heading}>
            {entries.map((entry) => (
              <CommandRow
                key={entry.id}
                {...entry}
                run={() => {
                  onClose()
                  entry.run()
                }}
              />
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  )
}
