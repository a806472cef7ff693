import Plus from 'lucide-react/icons/plus'
import X from 'lucide-react/icons/x'
import { useRef, useState } from 'react'
import { Button } from './button.tsx'
import { IconButton } from './icon-button.tsx'
import { SecretInput } from './secret-input.tsx'
import { TextInput } from './text-input.tsx'

export interface NameValue {
  name: string
  value: string
}

interface KeyValueRowsProps {
  legend: string
  namePlaceholder: string
  valuePlaceholder: string
  secret?: boolean
  /** Rows are posted as `prefix.name` and `prefix.value`, in order. */
  fieldPrefix: string
  initial?: readonly NameValue[]
  /** By the name in a row. */
  errors?: Readonly<Record<string, string>>
}

interface KeyedRow extends NameValue {
  key: number
}

/** Any number of names with values. Without scripts there is one blank row each time, and a blank row counts for nothing. */
export function KeyValueRows({ legend, namePlaceholder, valuePlaceholder, secret = false, fieldPrefix, initial = [], errors = {} }: KeyValueRowsProps) {
  const group = useRef<HTMLFieldSetElement>(null)
  const [rows, setRows] = useState<readonly KeyedRow[]>(() => [...initial, { name: '', value: '' }].map((row, key) => ({ ...row, key })))
  const nextKey = useRef(rows.length)
  const Value = secret ? SecretInput : TextInput

  const focusAddButton = () => group.current?.querySelector<HTMLButtonElement>('[data-add]')?.focus()

  function addRow() {
    setRows([...rows, { name: '', value: '', key: nextKey.current++ }])
    requestAnimationFrame(() => [...(group.current?.querySelectorAll<HTMLInputElement>('[data-name]') ?? [])].at(-1)?.focus())
  }

  function removeRow(key: number) {
    setRows(rows.filter((row) => row.key !== key))
    // The button that was pressed is gone; without this the focus would be at the top of the page.
    focusAddButton()
  }

  return (
    <fieldset ref={group} className="grid min-w-0 gap-2">
      <legend className="mb-1.5 font-medium">{legend}</legend>
      {rows.map(({ key, name, value }, index) => {
        const error = errors[name]
        const errorId = `${fieldPrefix}-${key}-error`
        const invalid = error !== undefined && { 'aria-invalid': true, 'aria-describedby': errorId }
        return (
          <div key={key} className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto] items-center gap-2">
            <TextInput
              {...invalid}
              code
              data-name=""
              name={`${fieldPrefix}.name`}
              defaultValue={name}
              placeholder={namePlaceholder}
              aria-label={`${legend}, name ${index + 1}`}
              autoComplete="off"
            />
            <Value
              {...invalid}
              name={`${fieldPrefix}.value`}
              defaultValue={value}
              placeholder={valuePlaceholder}
              aria-label={`${legend}, value ${index + 1}`}
              autoComplete="off"
            />
            <IconButton label={`Remove row ${index + 1}`} icon={X} onClick={() => removeRow(key)} />
            {error !== undefined && (
              <p id={errorId} className="col-span-3 text-small text-bad-ink wrap-anywhere">
                {error}
              </p>
            )}
          </div>
        )
      })}
      <div>
        <Button size="sm" icon={Plus} onClick={addRow} data-add="">
          Add row
        </Button>
      </div>
    </fieldset>
  )
}
