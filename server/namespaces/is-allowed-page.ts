// Which pages may call from a browser: those of the origins that namespaces list.
import { isOriginAllowed } from '../../db/queries/allowed-origins.ts'
import type { House } from '../context/context.ts'

export interface CallingPage {
  origin: string
  /** That the request names; where it names none, one of them is enough. */
  namespace: string | undefined
  /** Whose credential is shown, once that is known. */
  organizationId: string | undefined
}

export const isAllowedPage = (house: House, page: CallingPage): Promise<boolean> => isOriginAllowed(house.db, page)
