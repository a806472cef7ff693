import { Notice } from '../../ui/notice.tsx'
import { useHydrated } from '../../lib/use-hydrated.ts'
import type { FormAnswer } from './answer-form.ts'

/** Only on a page that was drawn anew: where scripts run, what was typed still stands in its field. */
export function SecretsLeftOut({ answer }: { answer: FormAnswer | undefined }) {
  const hydrated = useHydrated()
  if (hydrated || !answer?.values.secretsLeftOut) return null
  return (
    <Notice tone="info" title="Type the secrets again before you save">
      Pages never contain them, so header values, the values in the query and the secret or key of a client are empty now.
    </Notice>
  )
}
