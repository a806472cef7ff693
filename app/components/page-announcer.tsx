import { useLocation } from '@remix-run/react'
import { useEffect, useState } from 'react'

/** Says the title of a page that scripts put in place of another, as a browser does when it loads one. */
export function PageAnnouncer() {
  const { pathname } = useLocation()
  const [first] = useState(pathname)
  const [title, setTitle] = useState('')

  useEffect(() => {
    // The title is set with the page; a frame later it is there.
    const frame = requestAnimationFrame(() => setTitle(document.title))
    return () => cancelAnimationFrame(frame)
  }, [pathname])

  return (
    <p className="sr-only" aria-live="polite">
      {pathname === first ? '' : title}
    </p>
  )
}
