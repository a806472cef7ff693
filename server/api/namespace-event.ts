import type { ConnectionView } from '../connections/connection-view.ts'

/** What a subscriber to a namespace hears. */
export type NamespaceEvent =
  /** From here on nothing is missed; what happened before is in a list. Sent again after every break, then with `resumed`. */
  | { type: 'listening'; resumed: boolean }
  | { type: 'changed'; connectionId: string; connection: ConnectionView }
  | { type: 'deleted'; connectionId: string }
  /** Its timeline says more: a sign-in went on, or a token was renewed. */
  | { type: 'timeline'; connectionId: string }
