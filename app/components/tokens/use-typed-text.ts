import { useState } from 'react'

interface TypedText<Value> {
  value: Value
  onChange: (value: Value) => void
  read: (text: string) => Value
  write: (value: Value) => string
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** A text that stands for a value: as it was typed, until the value becomes another one elsewhere. */
export function useTypedText<Value>({ value, onChange, read, write }: TypedText<Value>): { text: string; type: (text: string) => void } {
  const [typed, setTyped] = useState(() => write(value))
  return {
    text: same(read(typed), value) ? typed : write(value),
    type(text) {
      setTyped(text)
      onChange(read(text))
    },
  }
}
