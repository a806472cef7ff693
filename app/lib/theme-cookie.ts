import { readCookie, writeCookie } from './cookie.ts'

/** What was chosen; undefined follows the system. */
export type Theme = 'light' | 'dark' | undefined

const NAME = 'theme'

export const themeOf = (text: unknown): Theme => (text === 'light' || text === 'dark' ? text : undefined)

export const readTheme = (request: Request): Theme => themeOf(readCookie(request, NAME))

export const writeTheme = (theme: Theme): string => writeCookie(NAME, theme)
