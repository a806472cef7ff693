import { joinClasses } from './join-classes.ts'

/** The first letters of a name's first two words. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s._/-]+/u).filter(Boolean)
  return words
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toLocaleUpperCase('en')
}

/** Stands where a picture would: we load none from strangers. The name itself is always beside it. */
export function Monogram({ name, className }: { name: string; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={joinClasses(
        'grid size-7 shrink-0 place-items-center overflow-hidden rounded-sm border border-line bg-sunken text-tiny font-medium text-muted select-none',
        className,
      )}
    >
      {initialsOf(name) || '?'}
    </span>
  )
}
