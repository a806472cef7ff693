import { joinClasses } from './join-classes.ts'

/** Holds the place of what is still on its way, in its size: give width and height. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={joinClasses('block animate-breathe rounded-xs bg-idle-soft', className)} />
}
