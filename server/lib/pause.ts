/** Time that passes beside something else: `passed` resolves after `ms`, or as soon as `signal` aborts or `cancel` is called. */
export function createPause(ms: number, signal: AbortSignal): { passed: Promise<undefined>; cancel(): void } {
  let cancel = () => {}
  const passed = new Promise<undefined>((resolve) => {
    const timer = setTimeout(() => cancel(), ms)
    cancel = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', cancel)
      resolve(undefined)
    }
    if (signal.aborted) cancel()
    else signal.addEventListener('abort', cancel, { once: true })
  })
  return { passed, cancel: () => cancel() }
}
