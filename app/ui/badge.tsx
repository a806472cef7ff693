import type { ReactNode } from 'react'
import { joinClasses } from './join-classes.ts'

export type BadgeTone = 'neutral' | 'accent' | 'good' | 'warn' | 'bad'

const TONES: Readonly<Record<BadgeTone, string>> = {
  neutral: 'bg-idle-soft text-idle-ink',
  accent: 'bg-accent-soft text-accent-ink',
  good: 'bg-good-soft text-good-ink',
  warn: 'bg-warn-soft text-warn-ink',
  bad: 'bg-bad-soft text-bad-ink',
}

interface BadgeProps {
  tone?: BadgeTone
  children: ReactNode
  className?: string
}

export function Badge({ tone = 'neutral', children, className }: BadgeProps) {
  return (
    <span className={joinClasses('inline-flex h-5 max-w-full shrink-0 items-center overflow-hidden whitespace-nowrap gap-1.5 rounded-xs px-1.5 text-tiny font-medium', TONES[tone], className)}>{children}</span>
  )
}
