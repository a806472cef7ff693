import type { Problem } from '../../lib/load-context.ts'
import { HeaderRows } from './connection-fields.tsx'
import type { FormValues } from './form-values.ts'
import type { HeaderChange } from './read-connection-form.ts'

interface Choice {
  change: HeaderChange
  label: string
  hint?: string
}

const WITH_STORED: readonly Choice[] = [
  { change: 'keep', label: 'Keep them' },
  { change: 'replace', label: 'Replace them all', hint: 'Stored values cannot be read, so all are typed again; what is left out is gone.' },
  { change: 'remove', label: 'Remove them', hint: 'The server is then called without headers of yours.' },
]

const WITHOUT: readonly Choice[] = [
  { change: 'keep', label: 'Leave it at that' },
  { change: 'replace', label: 'Set headers' },
]

interface HeaderChoiceProps {
  values: FormValues
  storedNames: readonly string[]
  problem: Problem | undefined
}

/** What happens to stored headers. Which rows count is shown by CSS alone, so it is right without scripts, too. */
export function HeaderChoice({ values, storedNames, problem }: HeaderChoiceProps) {
  const stored = storedNames.length > 0
  return (
    <div className="group/headers grid gap-5">
      <fieldset className="grid gap-2">
        <legend className="mb-1.5 font-medium">Stored headers</legend>
        <p className="mb-1 wrap-anywhere">{stored ? <span className="font-mono text-code">{storedNames.join(', ')}</span> : 'None'}</p>
        {(stored ? WITH_STORED : WITHOUT).map(({ change, label, hint }) => (
          <label key={change} className="grid min-h-6 grid-cols-[auto_minmax(0,1fr)] gap-x-2.5">
            <input
              type="radio"
              name="headerChange"
              value={change}
              defaultChecked={values.headerChange === change}
              className="mt-0.5 size-4 accent-accent"
            />
            <span>{label}</span>
            {hint !== undefined && <span className="col-start-2 text-small text-muted text-pretty">{hint}</span>}
          </label>
        ))}
      </fieldset>
      <div className="hidden group-has-[input[value=replace]:checked]/headers:block">
        <HeaderRows values={values} problem={problem} />
      </div>
    </div>
  )
}
