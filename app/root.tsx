import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Links, Meta, Outlet, Scripts, ScrollRestoration, useLoaderData, useRouteError } from '@remix-run/react'
import { Provider as TooltipProvider } from 'radix-ui/tooltip'
import type { ReactNode } from 'react'
import { FaultPage } from './components/fault-page.tsx'
import { describeFault } from './lib/describe-fault.ts'
import { useNonce } from './lib/nonce.ts'
import { PageClockProvider, usePageClock } from './lib/page-clock.ts'
import { pagePath } from './lib/page-path.ts'
import type { RootData } from './lib/root-data.ts'
import { useRequestId } from './lib/use-request-id.ts'
import { useTheme } from './lib/theme-choice.ts'
import { readTheme } from './lib/theme-cookie.ts'
import stylesheet from './styles/app.css?url'

export const links: LinksFunction = () => [
  { rel: 'stylesheet', href: stylesheet },
  { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' },
]

/** Of pages that name themselves nothing else: those that failed. */
export const meta: MetaFunction = ({ error }) => [{ title: error === undefined ? 'Plugboard' : `${describeFault(error).title} · Plugboard` }]

export const loader = ({ request, context }: LoaderFunctionArgs): RootData => ({
  requestId: context.requestId,
  pathname: pagePath(new URL(request.url)),
  now: context.now,
  theme: readTheme(request),
})

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce()
  const theme = useTheme()
  return (
    <html lang="en" data-theme={theme}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={theme ?? 'light dark'} />
        {/* Where Vite looks for the nonce when a page asks for more scripts. */}
        <meta property="csp-nonce" nonce={nonce} />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  )
}

export default function Root() {
  const now = usePageClock(useLoaderData<typeof loader>().now)
  return (
    <PageClockProvider value={now}>
      <TooltipProvider delayDuration={300}>
        <Outlet />
      </TooltipProvider>
    </PageClockProvider>
  )
}

export function ErrorBoundary() {
  const fault = describeFault(useRouteError())
  const requestId = useRequestId(fault)
  return <FaultPage fault={fault} requestId={requestId} />
}
