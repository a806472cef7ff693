// What holds other fields: objects, lists, and a choice between shapes.
import type { ArrayFieldItemTemplateProps, ArrayFieldTemplateProps, MultiSchemaFieldTemplateProps, ObjectFieldTemplateProps } from '@rjsf/utils'
import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import Plus from 'lucide-react/icons/plus'
import X from 'lucide-react/icons/x'
import type { ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { ArgumentLabel, ArgumentNotes } from './argument-label.tsx'

interface GroupProps extends Pick<ObjectFieldTemplateProps, 'fieldPathId' | 'schema' | 'required' | 'errorSchema'> {
  children: ReactNode
}

function Group({ fieldPathId, schema, required = false, errorSchema, children }: GroupProps) {
  const name = fieldPathId.path.at(-1)
  const shownName = typeof name === 'number' ? `Item ${name + 1}` : String(name)
  return (
    <fieldset id={fieldPathId.$id} className="grid min-w-0 gap-3 border-l-2 border-line pl-3">
      <legend className="float-left -ml-3 w-full border-l-2 border-line pl-3">
        <ArgumentLabel name={shownName} schema={schema} required={required} />
      </legend>
      <ArgumentNotes id={fieldPathId.$id} schema={schema} errors={errorSchema?.__errors} />
      {children}
    </fieldset>
  )
}

export function ObjectFieldTemplate(props: ObjectFieldTemplateProps) {
  const { properties, fieldPathId, schema, errorSchema } = props
  const fields = properties.map(({ name, content, hidden }) => !hidden && <div key={name}>{content}</div>)
  if (fieldPathId.path.length > 0) return <Group {...props}>{fields}</Group>
  return (
    <div className="grid min-w-0 gap-4">
      <ArgumentNotes id={fieldPathId.$id} schema={{ ...schema, description: undefined }} errors={errorSchema?.__errors} />
      {fields}
    </div>
  )
}

export function ArrayFieldTemplate(props: ArrayFieldTemplateProps) {
  const { items, canAdd, onAddClick, fieldPathId } = props
  return (
    <Group {...props}>
      {items.length > 0 && <ol className="grid min-w-0 gap-2">{items}</ol>}
      {canAdd && (
        <Button variant="default" size="sm" icon={Plus} className="justify-self-start" onClick={onAddClick}>
          Add to {String(fieldPathId.path.at(-1))}
        </Button>
      )}
    </Group>
  )
}

export function ArrayFieldItemTemplate({ children, index, buttonsProps }: ArrayFieldItemTemplateProps) {
  const { hasMoveUp, hasMoveDown, hasRemove, onMoveUpItem, onMoveDownItem, onRemoveItem } = buttonsProps
  const name = `item ${index + 1}`
  return (
    <li className="grid min-w-0 grid-cols-[minmax(0,1fr)_auto] items-start gap-1">
      {children}
      <div className="flex py-1">
        {(hasMoveUp || hasMoveDown) && <IconButton label={`Move ${name} up`} icon={ArrowUp} size="sm" disabled={!hasMoveUp} onClick={onMoveUpItem} />}
        {(hasMoveUp || hasMoveDown) && <IconButton label={`Move ${name} down`} icon={ArrowDown} size="sm" disabled={!hasMoveDown} onClick={onMoveDownItem} />}
        {hasRemove && <IconButton label={`Remove ${name}`} icon={X} size="sm" onClick={onRemoveItem} />}
      </div>
    </li>
  )
}

/** First which of the shapes, then its fields. */
export function MultiSchemaFieldTemplate({ selector, optionSchemaField }: MultiSchemaFieldTemplateProps) {
  return (
    <div className="grid min-w-0 gap-2">
      {selector}
      {optionSchemaField}
    </div>
  )
}
