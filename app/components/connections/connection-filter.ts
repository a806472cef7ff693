// What a person types into the search of the connections page, read into what `connections.list` can ask for, and back.
// `userId:123` is metadata, `id:` `name:` `url:` are what they say, a word alone is an id or a name. Quotes hold
// spaces and colons together, and a quoted key is always metadata: `"name":x`.

export type FilterTerm =
  | { kind: 'metadata'; key: string; value: string }
  | { kind: 'id' | 'name' | 'url' | 'word'; value: string }

const KINDS = new Set<string>(['id', 'name', 'url'])
const isOwnKind = (key: string): key is 'id' | 'name' | 'url' => KINDS.has(key)

const QUOTED = String.raw`"(?:[^"\\]|\\.)*"?`
const TERM = new RegExp(String.raw`(?<key>${QUOTED}|[^\s":]+):(?<value>${QUOTED}|\S*)|(?<word>${QUOTED}|\S+)`, 'gsu')

/** `text` without its quotes; a quote that was never closed ends with the text. */
const unquote = (text: string): string =>
  text.startsWith('"') ? text.replace(/^"|(?<!\\)((?:\\\\)*)"$/gu, '$1').replace(/\\(.)/gsu, '$1') : text

const quote = (text: string): string => `"${text.replace(/["\\]/gu, String.raw`\$&`)}"`
const quoteIfNeeded = (text: string, plain: RegExp): string => (plain.test(text) ? text : quote(text))

function readTerm({ key, value, word }: { key?: string; value?: string; word?: string }): FilterTerm | undefined {
  if (key === undefined || value === undefined) {
    return word === undefined || unquote(word) === '' ? undefined : { kind: 'word', value: unquote(word) }
  }
  // A pasted address is an address, not metadata named https.
  if (/^https?$/i.test(key) && value.startsWith('//')) return { kind: 'url', value: `${key}:${value}` }
  if (isOwnKind(key)) return unquote(value) === '' ? undefined : { kind: key, value: unquote(value) }
  return { kind: 'metadata', key: unquote(key), value: unquote(value) }
}

/** Words beside each other are one name with spaces in it. */
function joinWords(terms: FilterTerm[], term: FilterTerm): FilterTerm[] {
  const last = terms.at(-1)
  if (term.kind !== 'word' || last?.kind !== 'word') return [...terms, term]
  return [...terms.slice(0, -1), { kind: 'word', value: `${last.value} ${term.value}` }]
}

/** Never fails: whatever is typed means something, if only a word that nothing matches. */
export const readFilter = (text: string): FilterTerm[] =>
  [...text.matchAll(TERM)].flatMap(({ groups }) => readTerm(groups ?? {}) ?? []).reduce<FilterTerm[]>(joinWords, [])

export function writeTerm(term: FilterTerm): string {
  if (term.kind === 'word') return quoteIfNeeded(term.value, /^[^\s":]+$/u)
  const value = quoteIfNeeded(term.value, /^[^\s"]+$/u)
  if (term.kind !== 'metadata') return `${term.kind}:${value}`
  const isPlain = !isOwnKind(term.key) && !/^https?$/i.test(term.key)
  return `${isPlain ? quoteIfNeeded(term.key, /^[^\s":]+$/u) : quote(term.key)}:${value}`
}

export const writeFilter = (terms: readonly FilterTerm[]): string => terms.map(writeTerm).join(' ')
