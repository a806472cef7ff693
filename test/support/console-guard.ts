import { format } from 'node:util'

const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir', 'table'] as const

/** Replaces the console; what is printed lands in the returned list instead. */
export function recordConsole(): string[] {
  const printed: string[] = []
  for (const method of METHODS) {
    console[method] = (...parts: unknown[]) => void printed.push(`console.${method} was called: ${format(...parts)}`)
  }
  return printed
}
