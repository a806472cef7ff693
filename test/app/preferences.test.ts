// Small things that a browser remembers or keys in: nothing in them is trusted.
import { expect, it } from 'vitest'
import { readNamespace, writeNamespace } from '../../app/lib/namespace-cookie.ts'
import { readTheme, themeOf, writeTheme } from '../../app/lib/theme-cookie.ts'
import { settingsLinks } from '../../app/lib/console-links.ts'

const withCookie = (cookie: string) => new Request('http://127.0.0.1/', { headers: { cookie } })

it.each([
  ['theme=dark', 'dark'],
  ['a=b; theme=light; c=d', 'light'],
  ['theme=', undefined],
  ['theme=<script>', undefined],
  ['xtheme=dark', undefined],
])('the cookie %o asks for the theme %o', (cookie, theme) => {
  expect(readTheme(withCookie(cookie))).toBe(theme)
})

it('a theme that is no theme follows the system, and forgets what was chosen', () => {
  expect(writeTheme(themeOf('system'))).toMatch(/^theme=; Path=\/; Max-Age=0;/)
  expect(writeTheme('dark')).toMatch(/^theme=dark; .*HttpOnly; SameSite=Lax$/)
})

it('the namespace of last time is read back as it was written', () => {
  expect(readNamespace(withCookie(writeNamespace('my-app').split(';')[0]!))).toBe('my-app')
})

it('a member is not led to pages that only owners and admins may use', () => {
  const labels = (role: 'owner' | 'member') => settingsLinks(role).map(({ label }) => label)
  expect(labels('owner')).toEqual(['Installation', 'Members', 'API keys', 'Service tokens', 'Namespaces', 'Audit log', 'Account'])
  expect(labels('member')).toEqual(['Members', 'Service tokens', 'Namespaces', 'Account'])
})
