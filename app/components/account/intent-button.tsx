import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useIsPending } from '../../lib/use-is-pending.ts'
import { Button, type ButtonProps } from '../../ui/button.tsx'

export interface IntentButtonProps extends Pick<ButtonProps, 'variant' | 'size' | 'icon'> {
  intent: string
  /** The row that it is about. */
  id?: string
  /** Spoken instead of the text, where several buttons say the same. */
  label?: string
  children: ReactNode
}

/** A whole form in one button: it posts what to do, and to which row. */
export function IntentButton({ intent, id, label, children, ...look }: IntentButtonProps) {
  const isPending = useIsPending(intent, id)
  return (
    <Form method="post" preventScrollReset className="contents">
      {id !== undefined && <input type="hidden" name="id" value={id} />}
      <Button {...look} type="submit" name="intent" value={intent} pending={isPending} aria-label={label}>
        {children}
      </Button>
    </Form>
  )
}
