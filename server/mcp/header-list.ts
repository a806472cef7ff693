/** Names and values alternating: what the hot path puts together, because joining lists is far cheaper than merging objects. */
export type HeaderList = readonly string[]

export function headerListOf(headers: Readonly<Record<string, string>>): string[] {
  const list: string[] = []
  for (const name in headers) list.push(name, headers[name]!)
  return list
}
