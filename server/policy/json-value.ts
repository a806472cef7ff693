// Looking into JSON that a stranger wrote: own members only, so that no name reaches a prototype.

export const hasOwn = (value: object, name: string): boolean => Object.hasOwn(value, name)

export const isJsonObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Members in any order, nothing converted. */
export function isSameJson(one: unknown, other: unknown): boolean {
  if (Array.isArray(one)) return Array.isArray(other) && one.length === other.length && one.every((each, index) => isSameJson(each, other[index]))
  if (!isJsonObject(one)) return one === other
  if (!isJsonObject(other)) return false
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every((name) => hasOwn(other, name) && isSameJson(one[name], other[name]))
}
