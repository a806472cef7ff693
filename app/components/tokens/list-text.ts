// Lists and pairs as people type them into a line, and back.

export const readList = (text: string): string[] => text.split(/[,\n]/).map((item) => item.trim()).filter((item) => item !== '')

export const writeList = (items: readonly string[]): string => items.join(', ')

/** `userId: 123`, one pair to a line. What has no value yet is not one. */
export function readPairs(text: string): Record<string, string> | undefined {
  const pairs = text.split('\n').flatMap((line): [string, string][] => {
    const [, key = '', value = ''] = /^\s*([^:=]+?)\s*[:=]\s*(.*?)\s*$/.exec(line) ?? []
    return key === '' || value === '' ? [] : [[key, value]]
  })
  return pairs.length === 0 ? undefined : Object.fromEntries(pairs)
}

export const writePairs = (pairs: Readonly<Record<string, string>>): string => Object.entries(pairs).map(([key, value]) => `${key}: ${value}`).join('\n')
