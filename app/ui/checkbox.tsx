import { forwardRef, type InputHTMLAttributes, type ReactNode, useId } from 'react'
import { joinClasses } from './join-classes.ts'

interface CheckboxProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> {
  label: ReactNode
  hint?: ReactNode
}

export const Checkbox = forwardRef<HTMLInputElement, CheckboxProps>(function Checkbox({ label, hint, className, ...rest }, ref) {
  const hintId = useId()
  return (
    <div className={joinClasses('grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5', className)}>
      <label className="col-span-2 grid min-h-6 grid-cols-subgrid items-start">
        <input
          aria-describedby={hint === undefined ? undefined : hintId}
          {...rest}
          ref={ref}
          type="checkbox"
          className="mt-0.5 size-4 accent-accent"
        />
        <span>{label}</span>
      </label>
      {hint !== undefined && (
        <p id={hintId} className="col-start-2 text-small text-muted text-pretty">
          {hint}
        </p>
      )}
    </div>
  )
})
