import { useRouteLoaderData } from '@remix-run/react'
import type { Theme } from './theme-cookie.ts'

/** What every page is given. */
export interface RootData {
  requestId: string
  /** The page that these came with: a navigation may keep them. */
  pathname: string
  /** When the server answered, in ms since 1970. */
  now: number
  theme: Theme
}

/** Undefined where the root itself failed. */
export const useRootData = (): RootData | undefined => useRouteLoaderData('root') as RootData | undefined
