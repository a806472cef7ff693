import { Form } from '@remix-run/react'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { Select } from '../../ui/select.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { ACTION_WORDS } from './action-words.ts'
import { AUDIT_PATH, type AuditSearch } from './audit-search.ts'
import { RESULT_WORDS } from './result-badge.tsx'

/** A plain GET form: the address holds what is asked for, and it works before any script has loaded. */
export function AuditFilters({ search }: { search: AuditSearch }) {
  return (
    <search>
      {/* A new key: what is typed follows the address, also when a link or the back button changes it. */}
      <Form key={JSON.stringify(search)} action={AUDIT_PATH} aria-label="Filter the audit log" className="grid grid-cols-2 items-end gap-3 xl:grid-cols-6">
        <Field label="What">
          {(ids) => (
            <Select {...ids} name="action" defaultValue={search.action ?? ''}>
              <option value="">Anything</option>
              {Object.entries(ACTION_WORDS).map(([action, words]) => (
                <option key={action} value={action}>
                  {words}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Outcome">
          {(ids) => (
            <Select {...ids} name="result" defaultValue={search.result ?? ''}>
              <option value="">Any</option>
              {Object.entries(RESULT_WORDS).map(([result, words]) => (
                <option key={result} value={result}>
                  {words}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Who">{(ids) => <TextInput {...ids} code name="actor" defaultValue={search.actor} placeholder="key_… or mem_…" maxLength={200} />}</Field>
        <Field label="To what">{(ids) => <TextInput {...ids} code name="target" defaultValue={search.target} placeholder="Id or name" maxLength={200} />}</Field>
        <Field label="From">{(ids) => <TextInput {...ids} type="date" name="from" defaultValue={search.from} />}</Field>
        <Field label="To">{(ids) => <TextInput {...ids} type="date" name="to" defaultValue={search.to} />}</Field>
        <div className="col-span-2 flex gap-2 xl:col-span-6">
          <Button>Filter</Button>
          {Object.keys(search).length > 0 && <LinkButton to={AUDIT_PATH}>Clear</LinkButton>}
        </div>
      </Form>
    </search>
  )
}
