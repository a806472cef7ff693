/** A jack field: four sockets, one of them taken. */
export function Logo() {
  return (
    <svg viewBox="0 0 20 20" className="size-5" aria-hidden="true">
      <rect x="1" y="1" width="18" height="18" rx="5" className="fill-accent" />
      <circle cx="6.5" cy="6.5" r="1.75" className="fill-on-accent opacity-50" />
      <circle cx="13.5" cy="13.5" r="1.75" className="fill-on-accent opacity-50" />
      <path d="M13.5 6.5 6.5 13.5" className="stroke-on-accent" strokeWidth="2" strokeLinecap="round" />
      <circle cx="13.5" cy="6.5" r="2.25" className="fill-on-accent" />
      <circle cx="6.5" cy="13.5" r="2.25" className="fill-on-accent" />
    </svg>
  )
}
