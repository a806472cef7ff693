import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { Links, Meta, Outlet, Scripts, ScrollRestoration, useLoaderData, useRouteError, useRouteLoaderData } from '@remix-run/react'
import { Provider as TooltipProvider } from 'radix-ui/tooltip'
import type { ReactNode } from 'react'
import { FaultPage } from './components/fault-page.tsx'
import { describeFault } from './lib/describe-fault.ts'
import { currentTime } from './lib/clock.ts'
import { useNonce } from './lib/nonce.ts'
import { PageClockProvider, usePageClock } from './lib/page-clock.ts'
import { readTheme } from './lib/theme-cookie.ts'
import stylesheet from './styles/app.css?url'

export const links: LinksFunction = () => [
  { rel: 'stylesheet', href: stylesheet },
  { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' },
]

export const loader = ({ request, context }: LoaderFunctionArgs) => ({
  requestId: context.requestId,
  now: currentTime(),
  theme: readTheme(request),
})

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce()
  const theme = useRouteLoaderData<typeof loader>('root')?.theme
  return (
    <html lang="en" data-theme={theme}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={theme ?? 'light dark'} />
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
  const requestId = useRouteLoaderData<typeof loader>('root')?.requestId
  return <FaultPage fault={fault} requestId={requestId} />
}
