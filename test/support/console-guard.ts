import { format } from 'node:util'

const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir', 'table'] as const

/** oidc-provider tells whoever uses it with its defaults that they are defaults. It writes nothing else to the console. */
const EXPECTED = /oidc-provider (NOTICE|WARNING):/

/** Replaces the console; what is printed lands in the returned list instead. */
export function recordConsole(): string[] {
  const printed: string[] = []
  for (const method of METHODS) {
    console[method] = (...parts: unknown[]) => {
      const text = format(...parts)
      if (!EXPECTED.test(text)) printed.push(`console.${method} was called: ${text}`)
    }
  }
  return printed
}
