import type { Refusal } from '../../lib/run-intent.ts'
import { Field } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { KEY_RIGHTS } from './key-limits.ts'

export interface KeyLimitFieldsProps {
  typed: Refusal['typed'] | undefined
  errorOf(field: 'namespaces' | 'addresses'): string | undefined
}

/** Folded away: most keys have none. */
export function KeyLimitFields({ typed, errorOf }: KeyLimitFieldsProps) {
  const isLimited = typed !== undefined && (Boolean(typed.namespaces) || Boolean(typed.addresses) || typed.operations !== KEY_RIGHTS[0]!.value)
  return (
    <details open={isLimited}>
      <summary className="w-fit cursor-pointer font-medium">Limits</summary>
      <div className="mt-3 grid items-start gap-3 sm:grid-cols-2">
        <Field label="Namespaces" optional hint="Names, separated by commas. Such a key makes no keys, namespaces or webhooks." error={errorOf('namespaces')}>
          {(ids) => <TextInput {...ids} code name="namespaces" autoComplete="off" placeholder="shop, office" defaultValue={typed?.namespaces} />}
        </Field>
        <Field label="Connections" hint="What it may do with them, and the tokens that it mints.">
          {(ids) => (
            <Select {...ids} name="operations" defaultValue={typed?.operations ?? KEY_RIGHTS[0]!.value}>
              {KEY_RIGHTS.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Addresses" optional hint="From where it may be used: addresses and ranges, separated by commas." error={errorOf('addresses')}>
          {(ids) => <TextInput {...ids} code name="addresses" autoComplete="off" placeholder="203.0.113.0/24" defaultValue={typed?.addresses} />}
        </Field>
      </div>
    </details>
  )
}
