import { IntentButton } from '../account/intent-button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import type { WebhookView } from './webhook-types.ts'

const OFF: Readonly<Record<NonNullable<WebhookView['disabledBecause']>, string>> = {
  asked: 'What happens meanwhile it never hears of. What waited when it was switched off still waits.',
  failing: 'Nothing arrived for five days. Mend the receiver, send a test, then switch it on: what waits is delivered.',
  gone: 'The receiver answered 410 Gone. If it is back, send a test, then switch it on.',
}

/** Why an endpoint hears nothing, and what to do. Nothing, if it does. */
export function WebhookNotice({ webhook: { enabled, disabledBecause, failingSince } }: { webhook: WebhookView }) {
  if (!enabled) {
    return (
      <Notice tone={disabledBecause === 'asked' ? 'info' : 'bad'} title="This endpoint is switched off">
        <p>{OFF[disabledBecause ?? 'asked']}</p>
        <p className="mt-2 mb-1">
          <IntentButton intent="switch-on" size="sm">
            Switch on
          </IntentButton>
        </p>
      </Notice>
    )
  }
  if (failingSince === null) return null
  return (
    <Notice tone="warn" title="The last attempt did not arrive">
      <p>
        It began <RelativeTime at={failingSince} />. Messages are repeated for three days; after five days the endpoint is switched off.
      </p>
    </Notice>
  )
}
