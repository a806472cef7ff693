// Where this browser was last, so that the console opens there.
import { readCookie, writeCookie } from './cookie.ts'

const NAME = 'namespace'

export const readNamespace = (request: Request): string | undefined => readCookie(request, NAME)

export const writeNamespace = (namespace: string): string => writeCookie(NAME, namespace)

/** The one of last time, if it is still one of `names`, else the first. */
export function lastNamespaceOf(request: Request, names: readonly string[]): string | undefined {
  const last = readNamespace(request)
  return names.find((name) => name === last) ?? names[0]
}
