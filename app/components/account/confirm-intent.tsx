import { useSubmit } from '@remix-run/react'
import { useHydrated } from '../../lib/use-hydrated.ts'
import { useIsPending } from '../../lib/use-is-pending.ts'
import { ConfirmButton } from '../../ui/confirm-button.tsx'
import { IntentButton } from './intent-button.tsx'

export interface ConfirmIntentProps {
  intent: string
  /** The row that it is about. */
  id?: string
  /** Spoken instead of the text, where several buttons say the same. */
  label: string
  title: string
  description: string
  confirmLabel: string
  children: string
}

/** A form in one button that asks once more. Without JavaScript it cannot ask, and does it. */
export function ConfirmIntent({ intent, id, label, title, description, confirmLabel, children }: ConfirmIntentProps) {
  const submit = useSubmit()
  const isPending = useIsPending(intent, id)
  const look = { size: 'sm', variant: 'quiet' } as const
  if (!useHydrated()) {
    return (
      <IntentButton {...look} intent={intent} id={id} label={label}>
        {children}
      </IntentButton>
    )
  }
  return (
    <ConfirmButton
      {...look}
      aria-label={label}
      pending={isPending}
      title={title}
      description={description}
      confirmLabel={confirmLabel}
      onConfirm={() => submit({ intent, ...(id !== undefined && { id }) }, { method: 'post', preventScrollReset: true })}
    >
      {children}
    </ConfirmButton>
  )
}
