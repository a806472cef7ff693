import type { RequestOrigin } from '../lib/request-origin.ts'

/** Who knocks, before anybody knows them: for limits, and for the list in which a member recognises a browser. */
export type Browser = RequestOrigin
