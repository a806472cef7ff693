// Where this browser was last, so that the console opens there.
import { readCookie, writeCookie } from './cookie.ts'

const NAME = 'namespace'

export const readNamespace = (request: Request): string | undefined => readCookie(request, NAME)

export const writeNamespace = (namespace: string): string => writeCookie(NAME, namespace)
