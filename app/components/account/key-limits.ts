// What a key is limited to, as a form asks for it and as a list tells it.
const OPERATIONS = ['read', 'write', 'execute'] as const
export type KeyOperation = (typeof OPERATIONS)[number]

export interface KeyLimits {
  namespaces: readonly string[] | null
  operations: readonly KeyOperation[] | null
  addresses: readonly string[] | null
}

/** By what a select sends. */
export const KEY_RIGHTS: readonly { value: string; label: string; operations: KeyOperation[] | undefined }[] = [
  { value: 'all', label: 'Read, change and call', operations: undefined },
  { value: 'read-execute', label: 'Read and call', operations: ['read', 'execute'] },
  { value: 'read', label: 'Read', operations: ['read'] },
]

const WORDS: Readonly<Record<KeyOperation, string>> = { read: 'read', write: 'change', execute: 'call' }

const listOf = (text: string): string[] | undefined => {
  const entries = text.split(/[\s,]+/).filter((entry) => entry !== '')
  return entries.length === 0 ? undefined : entries
}

/** Of what was typed; what is none of the choices is taken for the least. */
export function readKeyLimits(typed: (name: string) => string) {
  const rights = KEY_RIGHTS.find(({ value }) => value === typed('operations')) ?? KEY_RIGHTS.at(-1)!
  const namespaces = listOf(typed('namespaces'))
  const addresses = listOf(typed('addresses'))
  return { ...(namespaces && { namespaces }), ...(rights.operations && { operations: rights.operations }), ...(addresses && { addresses }) }
}

/** A line for each limit. */
export function describeKeyLimits({ namespaces, operations, addresses }: KeyLimits): string[] {
  return [
    ...(namespaces ? [`Only in ${namespaces.join(', ')}`] : []),
    ...(operations ? [`May only ${operations.map((operation) => WORDS[operation]).join(' and ')}`] : []),
    ...(addresses ? [`Only from ${addresses.join(', ')}`] : []),
  ]
}
