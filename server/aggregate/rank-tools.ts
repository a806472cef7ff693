// Which tools a search means: words of the query against words of names, titles and descriptions.
import type { Item } from './list-kinds.ts'

const WEIGHTS = { name: 4, title: 3, description: 1 } as const

/** Best first; among equals the order in which they came. Without a word that fits, nothing. */
export function rankTools(tools: readonly Item[], query: string): Item[] {
  const wanted = wordsOf(query)
  return tools
    .map((tool) => ({ tool, score: scoreOf(tool, wanted) }))
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score)
    .map(({ tool }) => tool)
}

/** Each word counts where it fits best, and all the more if the other words fit, too. */
function scoreOf(tool: Item, wanted: readonly string[]): number {
  const fields = Object.entries(WEIGHTS).map(([field, weight]) => ({ weight, words: wordsOf(tool[field]) }))
  const scores = wanted.map((word) => Math.max(...fields.map(({ weight, words }) => weight * bestFit(words, word))))
  const fitting = scores.filter((score) => score > 0).length
  return scores.reduce((sum, score) => sum + score, 0) * fitting
}

function bestFit(words: readonly string[], wanted: string): number {
  let best = 0
  for (const word of words) {
    if (word === wanted) return 1
    if (wanted.length > 2 && word.startsWith(wanted)) best = 0.6
  }
  return best
}

const MAX_WORDS = 400

/** `getUserName`, `get-user_name`: get, user, name. */
function wordsOf(text: unknown): string[] {
  if (typeof text !== 'string') return []
  const apart = text.slice(0, 10_000).replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
  return (apart.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, MAX_WORDS)
}
