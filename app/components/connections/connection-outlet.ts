// What the pages of one connection are given by the frame around them.
import { useOutletContext } from '@remix-run/react'
import type { ConnectionView } from './connection-types.ts'

export interface ConnectionOutlet {
  namespace: string
  connection: ConnectionView
}

export const useConnection = (): ConnectionOutlet => useOutletContext<ConnectionOutlet>()
