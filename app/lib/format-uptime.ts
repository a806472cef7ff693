const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const

/** The two largest units: `3 d 4 h`, `12 min 5 s`, `0 s`. */
export function formatUptime(uptimeSeconds: number): string {
  let rest = Math.floor(uptimeSeconds)
  const parts: string[] = []
  for (const [name, size] of UNITS) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0 || (parts.length === 0 && size === 1)) parts.push(`${count} ${name}`)
    else if (parts.length > 0) break
  }
  return parts.slice(0, 2).join(' ')
}
