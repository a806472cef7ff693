import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** False in what the server writes and in the first render of a browser, then true. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
