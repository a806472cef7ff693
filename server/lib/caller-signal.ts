/**
 * Whether the caller is still there. An AbortSignal is one; on the hot path something cheaper is, since an
 * AbortSignal that was listened to lives through several collections (a fifth of all garbage, measured).
 */
export interface CallerSignal {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void, options?: { once: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
}
