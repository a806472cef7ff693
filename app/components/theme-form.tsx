import { useLocation } from '@remix-run/react'
import { useTheme } from '../lib/theme-choice.ts'
import { Button } from '../ui/button.tsx'

const CHOICES = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]

/** The choice of light and dark as a plain form: it works before and without scripts. */
export function ThemeForm() {
  const { pathname, search } = useLocation()
  const current = useTheme() ?? 'system'
  return (
    <form method="post" action="/app/theme" className="flex flex-wrap gap-2">
      <input type="hidden" name="to" value={pathname + search} />
      {CHOICES.map(({ value, label }) => (
        <Button key={value} type="submit" name="theme" value={value} size="sm" variant={value === current ? 'primary' : 'default'} aria-pressed={value === current}>
          {label}
        </Button>
      ))}
    </form>
  )
}
