import { Form, useSubmit } from '@remix-run/react'
import { Button } from '../../ui/button.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { Select } from '../../ui/select.tsx'
import { stateLabel } from '../../ui/status-badge.tsx'
import { type FilterTerm, writeFilter } from './connection-filter.ts'
import { type ConnectionState, STATES } from './search-path.ts'

interface FilterBarProps {
  listPath: string
  terms: readonly FilterTerm[]
  state: ConnectionState | undefined
}

const Syntax = ({ children }: { children: string }) => <code className="font-mono text-code">{children}</code>

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
            <option key={each} value={each}>
              {stateLabel(each)}
            </option>
          ))}
        </Select>
        <Button>Filter</Button>
        <p id="filter-syntax" className="w-full text-small text-muted">
          Matches exactly. Metadata: <Syntax>userId:123</Syntax>, <Syntax>team:&quot;blue whales&quot;</Syntax>; also{' '}
          <Syntax>id:</Syntax> <Syntax>name:</Syntax> <Syntax>url:</Syntax>
        </p>
      </Form>
    </search>
  )
}
