import type { ReactNode } from 'react'

export function Step({ number, title, text, children }: { number: number; title: string; text: ReactNode; children: ReactNode }) {
  return (
    <li className="min-w-0">
      <h3 className="flex items-baseline gap-2 font-medium">
        <span className="w-4 text-muted tabular-nums" aria-hidden="true">
          {number}
        </span>
        {title}
      </h3>
      <div className="sm:pl-6">
        <p className="mt-1 text-small text-muted text-pretty">{text}</p>
        <div className="mt-3">{children}</div>
      </div>
    </li>
  )
}
