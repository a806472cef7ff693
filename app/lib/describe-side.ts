import type { Problem } from './load-context.ts'

const SENTENCES: Readonly<Record<Problem['side'], string>> = {
  caller: 'Plugboard works; something in the request has to change.',
  plugboard: 'This is on Plugboard’s side. The request id finds the reason in the log.',
  upstream: 'Plugboard works; the MCP server is to blame.',
}

/** Whose side a problem is on, in a sentence. */
export const describeSide = (side: Problem['side']): string => SENTENCES[side]
