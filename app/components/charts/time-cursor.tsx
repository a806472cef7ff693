import type { KeyboardEvent, PointerEvent, ReactNode } from 'react'

/** Which step is looked at; undefined if none. */
export interface Cursor {
  step: number | undefined
  move(step: number | undefined): void
}

interface TimeCursorProps {
  cursor: Cursor
  steps: number
  /** What the chart shows, for those who hear it. */
  label: string
  /** A step in words. */
  describeStep(step: number): string
  /** Marks at the cursor's step, and its box of values. */
  children?: ReactNode
}

/** Lies over a plot as a slider that cannot be seen: pointer, finger or arrow keys choose a step, Escape lets go of it. */
export function TimeCursor({ cursor, steps, label, describeStep, children }: TimeCursorProps) {
  const last = steps - 1
  const shown = cursor.step ?? last
  const letGo = () => cursor.move(undefined)

  function follow({ currentTarget, clientX }: PointerEvent<HTMLInputElement>) {
    const { left, width } = currentTarget.getBoundingClientRect()
    cursor.move(Math.min(last, Math.max(0, Math.floor(((clientX - left) / width) * steps))))
  }

  return (
    <div className="absolute inset-0 rounded-xs outline-offset-2 outline-focus has-focus-visible:outline-2">
      {children}
      <input
        type="range"
        min={0}
        max={last}
        value={shown}
        aria-label={label}
        aria-valuetext={describeStep(shown)}
        className="absolute inset-0 m-0 size-full cursor-crosshair touch-pan-y opacity-0"
        onChange={({ currentTarget }) => cursor.move(Number(currentTarget.value))}
        onPointerMove={follow}
        onPointerDown={follow}
        onPointerLeave={letGo}
        onFocus={({ currentTarget }) => currentTarget.matches(':focus-visible') && cursor.move(shown)}
        onBlur={letGo}
        onKeyDown={({ key }: KeyboardEvent) => key === 'Escape' && letGo()}
      />
    </div>
  )
}
