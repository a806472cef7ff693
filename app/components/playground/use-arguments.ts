// What is about to be sent, as a value and as text: the form writes the one, the JSON editor the other.
import { useState } from 'react'
import { isObject } from '../../lib/is-object.ts'

export interface Draft {
  value: Record<string, unknown>
  text: string
  /** Why the text cannot be sent; `value` is then the last that could. */
  problem: string | undefined
}

export interface Arguments extends Draft {
  setValue(value: Record<string, unknown>): void
  setText(text: string): void
}

export const draftOf = (value: Record<string, unknown>): Draft => ({ value, text: JSON.stringify(value, null, 2), problem: undefined })

function parse(text: string): { value: Record<string, unknown> } | { problem: string } {
  try {
    const value: unknown = JSON.parse(text.trim() === '' ? '{}' : text)
    return isObject(value) ? { value } : { problem: 'Arguments are a JSON object: { "name": value }.' }
  } catch {
    return { problem: 'This is not JSON yet.' }
  }
}

/** `onChange` is told each draft, for whoever comes back to it. */
export function useArguments(start: () => Draft, onChange: (draft: Draft) => void): Arguments {
  const [draft, setDraft] = useState(start)
  const change = (next: Draft) => {
    setDraft(next)
    onChange(next)
  }
  return {
    ...draft,
    setValue: (value) => change(draftOf(value)),
    setText(text) {
      const parsed = parse(text)
      change('value' in parsed ? { value: parsed.value, text, problem: undefined } : { value: draft.value, text, problem: parsed.problem })
    },
  }
}
