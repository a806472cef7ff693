import { IntentButton } from './intent-button.tsx'

export interface PlainQuestionProps {
  intent: string
  id: string | undefined
  label: string
  title: string
  description: string
  confirmLabel: string
  /** What is pressed first. */
  children: string
}

/** Asks once more where no script runs: what is pressed first only unfolds the question. */
export function PlainQuestion({ intent, id, label, title, description, confirmLabel, children }: PlainQuestionProps) {
  return (
    <details className="text-left">
      <summary aria-label={label} data-variant="quiet" data-size="sm" className="button ml-auto flex w-fit cursor-pointer list-none">
        {children}
      </summary>
      <div className="mt-2 grid max-w-72 justify-items-start gap-2 whitespace-normal">
        <p className="font-medium wrap-anywhere">{title}</p>
        <p className="text-muted text-pretty wrap-anywhere">{description}</p>
        <IntentButton intent={intent} id={id} size="sm" variant="danger">
          {confirmLabel}
        </IntentButton>
      </div>
    </details>
  )
}
