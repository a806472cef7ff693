// One argument of the form: its name above its control, what is said of it below. Groups and JSON fields
// bring their own frame.
import { ADDITIONAL_PROPERTY_FLAG, type FieldTemplateProps } from '@rjsf/utils'
import X from 'lucide-react/icons/x'
import { IconButton } from '../../ui/icon-button.tsx'
import { ArgumentLabel, ArgumentNotes } from './argument-label.tsx'

const FRAMED_BY_THEMSELVES = new Set(['object', 'array'])

function bringsItsFrame({ schema, uiSchema }: FieldTemplateProps): boolean {
  if (uiSchema?.['ui:field'] !== undefined || uiSchema?.['ui:widget'] === 'checkboxes') return true
  if (uiSchema?.['ui:widget'] !== undefined) return false
  const [type] = [schema.type].flat().filter((name) => name !== 'null')
  return type === undefined || FRAMED_BY_THEMSELVES.has(type)
}

export function FieldTemplate(props: FieldTemplateProps) {
  const { id, fieldPathId, schema, required = false, rawErrors, hidden, children, onRemoveProperty } = props
  if (hidden) return <div hidden>{children}</div>
  const name = fieldPathId.path.at(-1)
  const isItem = typeof name === 'number'
  const field = bringsItsFrame(props) ? (
    children
  ) : (
    <div className="grid min-w-0 gap-1.5">
      <label htmlFor={id} className={isItem ? 'sr-only' : undefined}>
        <ArgumentLabel name={isItem ? `Item ${name + 1}` : String(name ?? '')} schema={schema} required={required} />
      </label>
      {children}
      <ArgumentNotes id={id} schema={schema} errors={rawErrors} />
    </div>
  )
  if (!(ADDITIONAL_PROPERTY_FLAG in schema)) return field
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-1">
      {field}
      <IconButton label={`Remove ${String(name)}`} icon={X} size="sm" onClick={onRemoveProperty} />
    </div>
  )
}
