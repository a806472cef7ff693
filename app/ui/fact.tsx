/** A line of a `dl`: what it is, and what it is here. */
export function Fact({ label, children }: { label: string; children: string }) {
  return (
    <div className="grid grid-cols-[6rem_minmax(0,1fr)] gap-4 border-t border-line py-2 first:border-t-0">
      <dt className="text-muted">{label}</dt>
      <dd className="font-medium wrap-anywhere">{children}</dd>
    </div>
  )
}
