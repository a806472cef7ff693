import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** False in what the server renders and until the browser took over, so that both agree on the first render. */
export const useIsHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
