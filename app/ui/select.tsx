import ChevronDown from 'lucide-react/icons/chevron-down'
import { forwardRef, type SelectHTMLAttributes } from 'react'
import { joinClasses } from './join-classes.ts'

/** The browser's own: right on every device, and it works before any script has loaded. */
export const Select = forwardRef<HTMLSelectElement, SelectHTMLAttributes<HTMLSelectElement>>(function Select({ className, children, ...rest }, ref) {
  return (
    <span className={joinClasses('relative block min-w-0', className)}>
      <select {...rest} ref={ref} className="control h-9">
        {children}
      </select>
      <ChevronDown className="pointer-events-none absolute top-2.5 right-2.5 size-4 text-muted" aria-hidden="true" />
    </span>
  )
})
