// A schema for records leaves out a member called `__proto__`, and says nothing. What would be lost is refused beforehand.

const LOST = '__proto__'

/** Where in the value one is, no more levels down than that. */
export function findLostMember(value: unknown, levels: number): string[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (Object.hasOwn(value, LOST)) return [LOST]
  if (levels === 0) return undefined
  for (const [name, member] of Object.entries(value)) {
    const path = findLostMember(member, levels - 1)
    if (path) return [name, ...path]
  }
  return undefined
}
