import type { LucideIcon } from 'lucide-react'
import { forwardRef } from 'react'
import type { ButtonProps } from './button.tsx'
import { joinClasses } from './join-classes.ts'
import { Tooltip } from './tooltip.tsx'

type IconButtonProps = Omit<ButtonProps, 'icon' | 'pending' | 'children'> & { label: string; icon: LucideIcon }

/** A button that shows only a picture: its name is read aloud, and shown on hover and focus. */
export const IconButton = forwardRef<HTMLButtonElement, IconButtonProps>(function IconButton(
  { label, icon: Icon, variant = 'quiet', size = 'md', className, type = 'button', ...rest },
  ref,
) {
  return (
    <Tooltip label={label}>
      <button
        {...rest}
        ref={ref}
        // oxlint-disable-next-line react/button-has-type -- it always has one of the three: the props' type sees to it
        type={type}
        aria-label={label}
        data-variant={variant}
        data-size={size}
        data-shape="square"
        className={joinClasses('button', className)}
      >
        <Icon className="size-4" aria-hidden="true" />
      </button>
    </Tooltip>
  )
})
