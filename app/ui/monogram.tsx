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

interface MonogramProps {
  name: string
  /** The small one has room for one letter. */
  size?: 'sm' | 'md'
  className?: string
}

/** Stands where a picture would: we load none from strangers. The name itself is always beside it. */
export function Monogram({ name, size = 'md', className }: MonogramProps) {
  const initials = initialsOf(name) || '?'
  return (
    <span
      aria-hidden="true"
      className={joinClasses(
        'grid shrink-0 place-items-center overflow-hidden border border-line bg-sunken text-tiny font-medium text-muted select-none',
        size === 'sm' ? 'size-5 rounded-xs' : 'size-7 rounded-sm',
        className,
      )}
    >
      {size === 'sm' ? [...initials][0] : initials}
    </span>
  )
}
