// The whole map of pages, by URL.
import { index, prefix, route, type RouteConfig } from '@remix-run/route-config'

const settings = [
  index('./routes/settings/installation-page.tsx'),
  route('account', './routes/settings/account-page.tsx'),
  route('members', './routes/settings/members-page.tsx'),
  route('keys', './routes/settings/keys-page.tsx'),
  route('tokens', './routes/settings/tokens-page.tsx'),
  route('namespaces', './routes/settings/namespaces-page.tsx'),
  route('audit', './routes/settings/audit-page.tsx'),
  route('audit/export', './routes/settings/audit-export.ts'),
]

const connections = [
  index('./routes/connections/connections-page.tsx'),
  route('new', './routes/connections/add-connection-page.tsx'),
  route(':connectionId', './routes/connections/connection-layout.tsx', [
    index('./routes/connections/connection-page.tsx'),
    route('tools', './routes/connections/connection-tools-page.tsx'),
    route('calls', './routes/connections/connection-calls-page.tsx'),
    route('timeline', './routes/connections/connection-timeline-page.tsx'),
    route('doctor', './routes/connections/examine-connection-page.tsx'),
    route('edit', './routes/connections/edit-connection-page.tsx'),
    route('delete', './routes/connections/delete-connection-page.tsx'),
  ]),
]

const webhooks = [
  index('./routes/webhooks/webhooks-page.tsx'),
  route('new', './routes/webhooks/add-webhook-page.tsx'),
  route(':webhookId', './routes/webhooks/webhook-layout.tsx', [
    index('./routes/webhooks/deliveries-page.tsx'),
    route('settings', './routes/webhooks/webhook-settings-page.tsx'),
  ]),
]

const routes: RouteConfig = [
  index('./routes/home-page.tsx'),
  route('welcome', './routes/welcome-page.tsx'),
  route('sign-in', './routes/sign-in-page.tsx'),
  route('sign-out', './routes/sign-out.tsx'),
  route('invite/:token', './routes/invitation-page.tsx'),
  route('setup/:token', './routes/setup/setup-page.tsx'),
  route('oauth/authorize', './routes/oauth/authorize-page.tsx'),
  route('oauth/callback/:issuer', './routes/setup/callback.tsx'),
  route('oauth/finished', './routes/setup/finished-page.tsx'),
  route('oauth/client-metadata/:file', './routes/setup/client-metadata.ts'),
  route('app', './routes/console/console-layout.tsx', [
    index('./routes/console/enter-console.tsx'),
    route('theme', './routes/console/choose-theme.tsx'),
    route('settings/tokens/new', './routes/settings/mint-token-page.tsx'),
    route('settings', './routes/settings/settings-layout.tsx', settings),
    route(':namespace', './routes/console/namespace-layout.tsx', [
      index('./routes/console/overview-page.tsx'),
      ...prefix('connections', connections),
      route('playground', './routes/playground/playground-page.tsx'),
      ...prefix('webhooks', webhooks),
    ]),
  ]),
  route('*', './routes/not-found-page.tsx'),
]

export default routes
