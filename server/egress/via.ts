// RFC 9110 §7.6.3: every request we send names us, so that one that comes back to us through another
// proxy or a DNS alias is known as a loop.

export interface Via {
  /** The value we send. */
  readonly header: string
  /** True if a received Via names this instance. */
  isOwn(header: string | string[] | undefined): boolean
}

export function createVia(instanceId: string): Via {
  const name = `plugboard-${instanceId}`
  return {
    header: `1.1 ${name}`,
    isOwn: (header) =>
      header !== undefined &&
      String(header)
        .split(',')
        .some((hop) => hop.trim().split(/\s+/)[1] === name),
  }
}
