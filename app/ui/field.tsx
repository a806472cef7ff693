import { type ReactNode, useId } from 'react'

/** What ties a control to its label, hint and error. */
export interface FieldIds {
  id: string
  'aria-describedby'?: string
  'aria-invalid'?: true
}

interface FieldProps {
  label: ReactNode
  hint?: ReactNode
  error?: string | undefined
  optional?: boolean
  children: (ids: FieldIds) => ReactNode
}

/** One question of a form: its label above, a hint or what is wrong below. */
export function Field({ label, hint, error, optional = false, children }: FieldProps) {
  const id = useId()
  const describedBy = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div className="grid min-w-0 gap-1.5">
      <div className="flex items-baseline justify-between gap-4">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {optional && <span className="text-small text-muted">Optional</span>}
      </div>
      {children({ id, ...(describedBy && { 'aria-describedby': describedBy }), ...(error !== undefined && { 'aria-invalid': true }) })}
      {error !== undefined && (
        <p id={`${id}-error`} className="text-small text-bad-ink text-pretty wrap-anywhere">
          {error}
        </p>
      )}
      {hint !== undefined && (
        <div id={`${id}-hint`} className="text-small text-muted text-pretty">
          {hint}
        </div>
      )}
    </div>
  )
}
