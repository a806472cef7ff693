import { Checkbox } from '../../ui/checkbox.tsx'
import { Field } from '../../ui/field.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { readList, readPairs, writeList, writePairs } from './list-text.ts'
import { changeGrant, furtherLimitsOf, listOf, pairsOf } from './policy-text.ts'
import type { Grant, Operation } from './token-types.ts'
import { useTypedText } from './use-typed-text.ts'

const OPERATIONS: readonly { operation: Operation; label: string }[] = [
  { operation: 'read', label: 'Read' },
  { operation: 'write', label: 'Write' },
  { operation: 'execute', label: 'Execute' },
]

interface FieldsProps {
  grant: Grant
  onChange: (grant: Grant) => void
}

interface LineProps extends FieldsProps {
  member: 'namespaces' | 'tools'
  label: string
  hint: string
  placeholder: string
}

function ListField({ grant, onChange, member, label, hint, placeholder }: LineProps) {
  const items = listOf(grant[member])
  const { text, type } = useTypedText({ value: items ?? [], onChange: (next) => onChange(changeGrant(grant, { [member]: next })), read: readList, write: writeList })
  return (
    <Field label={label} hint={hint}>
      {(ids) => <TextInput {...ids} code autoComplete="off" placeholder={placeholder} disabled={items === undefined} value={text} onChange={({ target }) => type(target.value)} />}
    </Field>
  )
}

function MetadataField({ grant, onChange }: FieldsProps) {
  const pairs = pairsOf(grant.metadata)
  const { text, type } = useTypedText({
    value: pairs && Object.keys(pairs).length > 0 ? pairs : undefined,
    onChange: (metadata) => onChange(changeGrant(grant, { metadata })),
    read: readPairs,
    write: (value) => writePairs(value ?? {}),
  })
  const hint = pairs ? 'One pair a line; a connection must have all of them.' : 'Several alternatives: change them in the JSON.'
  return (
    <Field label="Connections whose metadata has" hint={hint}>
      {(ids) => (
        <TextArea {...ids} code rows={2} placeholder="userId: 123" disabled={!pairs} value={text} className="field-sizing-content max-h-60" onChange={({ target }) => type(target.value)} />
      )}
    </Field>
  )
}

function OperationBoxes({ grant, onChange }: FieldsProps) {
  const chosen = listOf(grant.operations) ?? []
  const toggle = (operation: Operation) => {
    const operations = OPERATIONS.map((row) => row.operation).filter((each) => chosen.includes(each) !== (each === operation))
    onChange(changeGrant(grant, { operations }))
  }
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1.5 font-medium">Operations</legend>
      <div className="flex min-h-9 flex-wrap items-center gap-x-5 gap-y-2">
        {OPERATIONS.map(({ operation, label }) => (
          <Checkbox key={operation} label={label} checked={chosen.includes(operation)} onChange={() => toggle(operation)} />
        ))}
      </div>
      <p className="text-small text-muted">Execute is to call. None ticked: all of them, without write where calls are limited.</p>
    </fieldset>
  )
}

function CallsField({ grant, onChange }: FieldsProps) {
  const change = (text: string) => onChange(changeGrant(grant, { calls: text === '' ? undefined : Number(text) }))
  return (
    <Field label="Calls in all" hint="By everybody who holds it.">
      {(ids) => <TextInput {...ids} type="number" min={1} inputMode="numeric" placeholder="no limit" value={grant.calls ?? ''} onChange={({ target }) => change(target.value)} />}
    </Field>
  )
}

/** Whatever of a grant has a field. What is left empty limits nothing. */
export function GrantFields(props: FieldsProps) {
  const { grant, onChange } = props
  const further = furtherLimitsOf(grant)
  return (
    <div className="grid items-start gap-x-4 gap-y-5 sm:grid-cols-2">
      <ListField {...props} member="namespaces" label="Namespaces" hint="With commas between. Empty: every one of yours." placeholder="demo, production" />
      <OperationBoxes {...props} />
      <MetadataField {...props} />
      <ListField {...props} member="tools" label="Tools" hint="Names; * stands for any characters. Empty: all of them." placeholder="search*, get_*" />
      <CallsField {...props} />
      <Checkbox
        className="content-start sm:mt-6.5"
        label="Only tools that read"
        hint="Those that say of themselves that they change nothing."
        checked={grant.readOnly === true}
        onChange={({ target }) => onChange(changeGrant(grant, { readOnly: target.checked ? true : undefined }))}
      />
      {further.length > 0 && (
        <p className="text-small text-muted sm:col-span-2">
          Also limited by <code className="font-mono text-code">{further.join(', ')}</code>, which are in the JSON below.
        </p>
      )}
    </div>
  )
}
