import { useSubmit } from '@remix-run/react'
import { useHydrated } from '../../lib/use-hydrated.ts'
import { useIsPending } from '../../lib/use-is-pending.ts'
import { ConfirmButton } from '../../ui/confirm-button.tsx'
import { PlainQuestion } from './plain-question.tsx'

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

/** A form in one button that asks once more. */
export function ConfirmIntent({ intent, id, label, title, description, confirmLabel, children }: ConfirmIntentProps) {
  const submit = useSubmit()
  const isPending = useIsPending(intent, id)
  if (!useHydrated()) {
    return (
      <PlainQuestion intent={intent} id={id} label={label} title={title} description={description} confirmLabel={confirmLabel}>
        {children}
      </PlainQuestion>
    )
  }
  return (
    <ConfirmButton
      size="sm"
      variant="quiet"
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
