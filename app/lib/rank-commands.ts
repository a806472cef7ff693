import { defaultFilter } from 'cmdk'

export interface CommandGroup<Entry> {
  heading: string
  entries: readonly Entry[]
}

const bestFirst = <Item extends { score: number }>(items: readonly Item[]) =>
  items.filter(({ score }) => score > 0).sort((one, other) => other.score - one.score)

/** What `text` could mean, the likeliest first: its group before other groups, and itself first in it. */
export function rankCommands<Entry extends { label: string }>(groups: readonly CommandGroup<Entry>[], text: string): CommandGroup<Entry>[] {
  const wanted = text.trim()
  if (wanted === '') return groups.filter(({ entries }) => entries.length > 0)
  const scored = groups.map(({ heading, entries }) => {
    const ranked = bestFirst(entries.map((entry) => ({ entry, score: defaultFilter?.(entry.label, wanted) ?? 0 })))
    return { heading, entries: ranked.map(({ entry }) => entry), score: ranked[0]?.score ?? 0 }
  })
  return bestFirst(scored).map(({ heading, entries }) => ({ heading, entries }))
}
