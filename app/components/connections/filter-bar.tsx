import { Form, useSubmit } from '@remix-run/react'
import { Button } from '../../ui/button.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { Select } from '../../ui/select.tsx'
import { type FilterTerm, writeFilter } from './connection-filter.ts'
import { type ConnectionState, STATES } from './search-path.ts'

interface FilterBarProps {
  listPath: string
  terms: readonly FilterTerm[]
  state: ConnectionState | undefined
}

/** A plain GET form: the address holds what is asked for, and it works before any script has loaded. */
export function FilterBar({ listPath, terms, state }: FilterBarProps) {
  const submit = useSubmit()
  const text = writeFilter(terms)
  return (
    <search>
      <Form action={listPath} className="flex flex-wrap gap-2" aria-label="Filter connections">
        {/* A new key: what is typed follows the address, also when a chip or the back button changes it. */}
        <SearchInput
          key={text}
          name="q"
          label="Filter connections"
          placeholder="Id, name, or userId:123"
          defaultValue={text}
          aria-describedby="filter-syntax"
          className="flex-1 basis-72 max-sm:basis-full"
        />
        <Select
          key={`state-${state ?? ''}`}
          name="state"
          aria-label="Status"
          defaultValue={state ?? ''}
          onChange={(event) => submit(event.currentTarget.form)}
          className="w-48 max-sm:w-auto max-sm:flex-1"
        >
          <option value="">Any status</option>
          {STATES.map((each) => (
            <option key={each.state} value={each.state}>
              {each.label}
            </option>
          ))}
        </Select>
        <Button>Filter</Button>
        <p id="filter-syntax" className="w-full text-small text-muted">
          Matches exactly. Metadata: <code className="font-mono text-code">userId:123</code>, <code className="font-mono text-code">team:&quot;blue whales&quot;</code>; also{' '}
          <code className="font-mono text-code">id:</code> <code className="font-mono text-code">name:</code> <code className="font-mono text-code">url:</code>
        </p>
      </Form>
    </search>
  )
}
