// Remembers light or dark; anything else follows the system.
import { type ActionFunctionArgs, data, redirect } from '@remix-run/node'
import { pathOnThisSite } from '../../lib/path-on-this-site.ts'
import { themeOf, writeTheme } from '../../lib/theme-cookie.ts'

export const loader = () => redirect('/app')

export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData()
  const headers = { 'set-cookie': writeTheme(themeOf(form.get('theme'))) }
  // A page that is shown by scripts stays where it is; a plain form needs somewhere to go.
  if (form.has('stay')) return data(null, { headers })
  const to = form.get('to')
  return redirect(pathOnThisSite(typeof to === 'string' ? to : null, '/app'), { headers })
}

export default function ChooseTheme() {
  return null
}
