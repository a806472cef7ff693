// What is about to be sent, as a value and as text: the form writes the one, the JSON editor the other.
import { useState } from 'react'
import { isObject } from '../../lib/is-object.ts'

export interface Arguments {
  value: Record<string, unknown>
  text: string
  /** Why the text cannot be sent; `value` is then the last that could. */
  problem: string | undefined
  setValue(value: Record<string, unknown>): void
  setText(text: string): void
}

const show = (value: unknown) => JSON.stringify(value, null, 2)

function parse(text: string): { value: Record<string, unknown> } | { problem: string } {
  try {
    const value: unknown = JSON.parse(text.trim() === '' ? '{}' : text)
    return isObject(value) ? { value } : { problem: 'Arguments are a JSON object: { "name": value }.' }
  } catch {
    return { problem: 'This is not JSON yet.' }
  }
}

export function useArguments(initial: Record<string, unknown>): Arguments {
  const [state, setState] = useState<{ value: Record<string, unknown>; text: string; problem?: string }>({ value: initial, text: show(initial) })
  return {
    value: state.value,
    text: state.text,
    problem: state.problem,
    setValue: (value) => setState({ value, text: show(value) }),
    setText(text) {
      const parsed = parse(text)
      setState((before) => ('value' in parsed ? { value: parsed.value, text } : { value: before.value, text, problem: parsed.problem }))
    },
  }
}
