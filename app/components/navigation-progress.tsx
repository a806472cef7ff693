import { useNavigation } from '@remix-run/react'

/** A thin line at the top while the next page is on its way; a page that comes at once shows none. */
export function NavigationProgress() {
  const isIdle = useNavigation().state === 'idle'
  if (isIdle) return null
  return (
    <div className="pointer-events-none fixed inset-x-0 top-0 z-60 h-0.5" aria-hidden="true">
      <div className="h-full origin-left animate-creep bg-accent [animation-delay:120ms] [animation-fill-mode:both]" />
    </div>
  )
}
