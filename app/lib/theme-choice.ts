import { useFetcher } from '@remix-run/react'
import { useRootData } from './root-data.ts'
import { type Theme, themeOf } from './theme-cookie.ts'

const KEY = 'theme'

/** What this browser's person chose, at once when they do. */
export function useTheme(): Theme {
  const stored = useRootData()?.theme
  const choosing = useFetcher({ key: KEY }).formData
  return choosing ? themeOf(choosing.get('theme')) : stored
}

export function useChooseTheme(): (theme: Theme) => void {
  const { submit } = useFetcher({ key: KEY })
  return (theme) => submit({ theme: theme ?? 'system', stay: 'yes' }, { method: 'post', action: '/app/theme' })
}
