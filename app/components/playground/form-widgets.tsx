// The controls of a form. An empty one is an argument that is not sent.
import { enumOptionSelectedValue, enumOptionValueDecoder, enumOptionValueEncoder, type WidgetProps } from '@rjsf/utils'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Select } from '../../ui/select.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { ArgumentLabel, ArgumentNotes } from './argument-label.tsx'
import { describeControl } from './field-ids.ts'

const NUMBERS = new Set<unknown>(['number', 'integer'])
const isNumber = ({ type }: WidgetProps['schema']) => [type].flat().some((name) => NUMBERS.has(name))

/** Texts may have several lines, so their box grows with them; Enter is a new line. */
export function TextWidget({ id, name, value, schema, rawErrors, disabled, onChange }: WidgetProps) {
  const shared = { id, name, disabled, 'value': value === undefined || value === null ? '' : String(value), ...describeControl({ id, schema, rawErrors }) }
  const change = ({ target }: { target: { value: string } }) => onChange(target.value === '' ? undefined : target.value)
  if (isNumber(schema)) return <TextInput {...shared} inputMode="decimal" autoComplete="off" className="max-w-60" onChange={change} />
  if (schema.format !== undefined) return <TextInput {...shared} autoComplete="off" spellCheck={false} placeholder={EXAMPLES.get(schema.format)} onChange={change} />
  return <TextArea {...shared} rows={1} className="field-sizing-content max-h-60 min-h-9 resize-y" onChange={change} />
}

const EXAMPLES = new Map([
  ['date-time', '2026-01-31T12:00:00Z'],
  ['date', '2026-01-31'],
  ['time', '12:00:00Z'],
  ['uri', 'https://'],
])

export function SelectWidget({ id, name, value, schema, options, rawErrors, disabled, onChange, label, hideLabel }: WidgetProps) {
  const { enumOptions = [], enumDisabled, emptyValue } = options
  const selected = enumOptionSelectedValue(value, enumOptions, false, 'indexed', '')
  return (
    <Select
      id={id}
      name={name}
      disabled={disabled}
      value={String(selected)}
      className="max-w-80"
      {...(hideLabel && { 'aria-label': label })}
      {...describeControl({ id, schema, rawErrors })}
      onChange={({ target }) => onChange(target.value === '' ? undefined : enumOptionValueDecoder(target.value, enumOptions, 'indexed', emptyValue))}
    >
      <option value="">Not set</option>
      {enumOptions.map((option, index) => (
        <option key={index} value={enumOptionValueEncoder(option.value, index, 'indexed')} disabled={enumDisabled?.includes(option.value)}>
          {typeof option.value === 'boolean' ? String(option.value) : option.label}
        </option>
      ))}
    </Select>
  )
}

/** Any number of a few. */
export function CheckboxesWidget({ id, name, value, schema, options, required = false, rawErrors, disabled, onChange }: WidgetProps) {
  const { enumOptions = [] } = options
  const chosen: unknown[] = Array.isArray(value) ? value : []
  const toggle = (item: unknown) => {
    const next = enumOptions.map((option) => option.value as unknown).filter((each) => (each === item) !== chosen.includes(each))
    onChange(next.length === 0 ? undefined : next)
  }
  return (
    <fieldset id={id} className="grid min-w-0 gap-1.5" {...describeControl({ id, schema, rawErrors })}>
      <legend className="float-left w-full">
        <ArgumentLabel name={name} schema={schema} required={required} />
      </legend>
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        {enumOptions.map((option, index) => (
          <Checkbox key={index} label={option.label} disabled={disabled} checked={chosen.includes(option.value)} onChange={() => toggle(option.value)} />
        ))}
      </div>
      <ArgumentNotes id={id} schema={schema} errors={rawErrors} />
    </fieldset>
  )
}
