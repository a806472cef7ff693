import { Link, type LinkProps } from '@remix-run/react'
import { forwardRef } from 'react'
import type { ButtonLook } from './button.tsx'
import { joinClasses } from './join-classes.ts'

/** Looks like a button and goes somewhere. */
export const LinkButton = forwardRef<HTMLAnchorElement, ButtonLook & LinkProps>(function LinkButton(
  { variant = 'default', size = 'md', icon: Icon, className, children, ...rest },
  ref,
) {
  return (
    <Link {...rest} ref={ref} data-variant={variant} data-size={size} className={joinClasses('button', className)}>
      {Icon && <Icon className="size-4 shrink-0" aria-hidden="true" />}
      {children}
    </Link>
  )
})
