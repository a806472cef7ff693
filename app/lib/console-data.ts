import type { Visitor } from './load-context.ts'

/** What the frame around every page of the console shows. */
export interface ConsoleData {
  visitor: Visitor
  namespaces: readonly string[]
  /** Where this browser was last, for pages that belong to no namespace; undefined if there is no namespace yet. */
  lastNamespace: string | undefined
}

/** The same, for the parts of the frame. */
export interface FrameParts extends ConsoleData {
  /** The one in the address, else the one of last time. */
  namespace: string | undefined
  openCommands: () => void
}
