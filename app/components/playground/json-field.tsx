import type { FieldProps } from '@rjsf/utils'
import { useState } from 'react'
import { TextArea } from '../../ui/text-area.tsx'
import { ArgumentLabel, ArgumentNotes } from './argument-label.tsx'
import { describeControl } from './field-ids.ts'

const NOT_JSON = 'Is not JSON yet, so it is not sent.'

const show = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value, null, 2))

function parse(text: string): { value: unknown; isJson: boolean } {
  if (text.trim() === '') return { value: undefined, isJson: true }
  try {
    return { value: JSON.parse(text) as unknown, isJson: true }
  } catch {
    return { value: undefined, isJson: false }
  }
}

/** A value of a shape for which there is no control. */
export function JsonField({ fieldPathId, formData, schema, required = false, rawErrors = [], disabled, onChange }: FieldProps) {
  const id = fieldPathId.$id
  const name = fieldPathId.path.at(-1)
  const [text, setText] = useState(() => show(formData))
  const { isJson } = parse(text)
  const errors = isJson ? rawErrors : [NOT_JSON]

  function change(next: string) {
    setText(next)
    onChange(parse(next).value, fieldPathId.path)
  }

  return (
    <div className="grid min-w-0 gap-1.5">
      <label htmlFor={id}>
        <ArgumentLabel name={typeof name === 'number' ? `Item ${name + 1}` : String(name)} schema={schema} required={required} />
        <span className="text-small text-muted"> as JSON</span>
      </label>
      <TextArea
        code
        id={id}
        rows={2}
        disabled={disabled}
        value={text}
        className="field-sizing-content max-h-60"
        {...describeControl({ id, schema, rawErrors: errors })}
        onChange={({ target }) => change(target.value)}
      />
      <ArgumentNotes id={id} schema={schema} errors={errors} />
    </div>
  )
}
