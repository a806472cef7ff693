import { useModifierName } from '../lib/modifier-name.ts'
import { singleKeys, useShortcuts } from '../lib/shortcuts.ts'
import { useStoredSwitch } from '../lib/stored-switch.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Kbd } from '../ui/kbd.tsx'

function Keys({ keys }: { keys: string }) {
  const modifier = useModifierName()
  const isSequence = keys.includes(' ')
  return (
    <span className="flex items-center gap-1 text-tiny text-muted">
      {keys.split(isSequence ? ' ' : '+').map((key, index) => (
        <span key={key} className="flex items-center gap-1">
          {index > 0 && isSequence && 'then'}
          <Kbd>{key === 'mod' ? modifier : keys.startsWith('mod+') ? key.toUpperCase() : key}</Kbd>
        </span>
      ))}
    </span>
  )
}

interface ShortcutSheetProps {
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** Every key that does something on this page. */
export function ShortcutSheet({ open, onOpenChange }: ShortcutSheetProps) {
  const shortcuts = useShortcuts()
  const isOn = useStoredSwitch(singleKeys)
  const groups = [...new Set(shortcuts.map(({ group }) => group))]
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Keyboard shortcuts"
      footer={
        <Checkbox
          className="w-full"
          label="Single keys work"
          hint="Turn them off if speech input or a habit presses them by accident. Those with Ctrl or Cmd stay. This browser remembers it."
          checked={isOn}
          onChange={(event) => singleKeys.write(event.target.checked)}
        />
      }
    >
      <div className="gap-x-8 sm:columns-2">
        {groups.map((group) => (
          <section key={group} className="mb-5 break-inside-avoid">
            <h3 className="mb-1 text-tiny font-medium text-muted">{group}</h3>
            <dl className="divide-y divide-line">
              {shortcuts
                .filter((shortcut) => shortcut.group === group)
                .map(({ keys, label }) => (
                  <div key={keys} className="flex min-h-8 items-center justify-between gap-4 text-small">
                    <dt>{label}</dt>
                    <dd>
                      <Keys keys={keys} />
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
