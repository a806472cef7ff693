import type { LucideIcon } from 'lucide-react'
import { type ButtonHTMLAttributes, forwardRef, type MouseEvent } from 'react'
import { joinClasses } from './join-classes.ts'

export type ButtonVariant = 'default' | 'primary' | 'quiet' | 'danger'
export type ButtonSize = 'sm' | 'md'

export interface ButtonLook {
  variant?: ButtonVariant
  size?: ButtonSize
  icon?: LucideIcon
}

export interface ButtonProps extends ButtonLook, ButtonHTMLAttributes<HTMLButtonElement> {
  /** Its work is under way: it keeps the focus, says so, and does nothing when pressed. */
  pending?: boolean
}

const doNothing = (event: MouseEvent) => event.preventDefault()

/** Submits its form like any button in HTML, unless it is given something else to do. */
export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(
  { variant = 'default', size = 'md', pending = false, icon: Icon, className, children, onClick, type, ...rest },
  ref,
) {
  return (
    <button
      {...rest}
      ref={ref}
      // oxlint-disable-next-line react/button-has-type -- it always has one of the three: the props' type sees to it
      type={type ?? (onClick ? 'button' : 'submit')}
      onClick={pending ? doNothing : onClick}
      aria-busy={pending || undefined}
      aria-disabled={pending || undefined}
      data-variant={variant}
      data-size={size}
      className={joinClasses('button', className)}
    >
      {Icon && <Icon className="size-4 shrink-0" aria-hidden="true" />}
      {children}
    </button>
  )
})
