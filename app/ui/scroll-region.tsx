import { type ReactNode, useEffect, useRef, useState } from 'react'

interface ScrollRegionProps {
  label: string
  className?: string
  children: ReactNode
}

/** What is wider or longer than its place scrolls, and only then is it a stop for the keyboard, which must be able to scroll it. */
export function ScrollRegion({ label, className, children }: ScrollRegionProps) {
  const element = useRef<HTMLDivElement>(null)
  const [scrolls, setScrolls] = useState(false)

  useEffect(() => {
    const current = element.current
    if (!current) return
    const observer = new ResizeObserver(() => setScrolls(current.scrollWidth > current.clientWidth || current.scrollHeight > current.clientHeight))
    observer.observe(current)
    for (const child of current.children) observer.observe(child)
    return () => observer.disconnect()
  }, [])

  return (
    <div ref={element} {...(scrolls && { role: 'region', 'aria-label': label, tabIndex: 0 })} className={className}>
      {children}
    </div>
  )
}
