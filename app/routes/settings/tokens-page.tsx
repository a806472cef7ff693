import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import Plus from 'lucide-react/icons/plus'
import { DoneNotice } from '../../components/account/done-notice.tsx'
import { isAdministrator } from '../../components/account/roles.ts'
import { NoTokens } from '../../components/tokens/no-tokens.tsx'
import type { Minter } from '../../components/tokens/token-state.ts'
import { TokensTable } from '../../components/tokens/tokens-table.tsx'
import { currentTime } from '../../lib/clock.ts'
import type { PageContext } from '../../lib/load-context.ts'
import { lastNamespaceOf } from '../../lib/namespace-cookie.ts'
import { requireVisitor } from '../../lib/require-visitor.ts'
import { runIntent, textOf } from '../../lib/run-intent.ts'
import { mintTokenPath, tokensPath } from '../../lib/token-snippets.ts'
import { Card } from '../../ui/card.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'

export const meta: MetaFunction = () => [{ title: 'Service tokens · Plugboard' }]

const DONE_SENTENCES = { revoked: 'The token is revoked, with all that was narrowed from it.' }

async function readMinters(api: PageContext['api']): Promise<Record<string, Minter>> {
  const [keys, members] = await Promise.all([api.keys.list(), api.members.list()])
  const now = currentTime()
  const isOver = (key: (typeof keys)[number]) => key.revokedAt !== null || (key.expiresAt !== null && Date.parse(key.expiresAt) <= now)
  return Object.fromEntries([
    ...keys.map((key): [string, Minter] => [key.id, { name: key.name, isGone: isOver(key) }]),
    ...members.map(({ id, name }): [string, Minter] => [id, { name, isGone: false }]),
  ])
}

export async function loader(args: LoaderFunctionArgs) {
  const { role } = requireVisitor(args)
  // Members mint for themselves; what everybody minted is for those who may end it.
  if (!isAdministrator(role)) throw redirect(mintTokenPath)
  const { api, publicUrl } = args.context
  const cursor = new URL(args.request.url).searchParams.get('cursor') ?? undefined
  const names = (await api.namespaces.list()).map(({ name }) => name)
  const page = await api.tokens.list({ ...(cursor !== undefined && { cursor }) })
  const namespace = lastNamespaceOf(args.request, names) ?? 'my-app'
  return { ...page, minters: await readMinters(api), isFirst: cursor === undefined, publicUrl, namespace }
}

export function action(args: ActionFunctionArgs) {
  requireVisitor(args)
  return runIntent(args, {
    async 'revoke-token'(form) {
      await args.context.api.tokens.revoke({ id: textOf(form, 'id') })
      return redirect(`${tokensPath}?done=revoked`)
    },
  })
}

export default function TokensPage() {
  const { tokens, nextCursor, minters, isFirst, publicUrl, namespace } = useLoaderData<typeof loader>()
  const refusal = useActionData<typeof action>()?.refusal
  return (
    <>
      <DoneNotice sentences={DONE_SENTENCES} />
      {refusal && <ProblemNotice problem={refusal.problem} />}
      {tokens.length === 0 ? (
        <Card>
          <NoTokens publicUrl={publicUrl} namespace={namespace} />
        </Card>
      ) : (
        <Card
          flush
          title="Minted tokens"
          description="As they were minted. What their holders narrowed from them is known to nobody else."
          actions={
            <LinkButton to={mintTokenPath} size="sm" variant="primary" icon={Plus}>
              Mint token
            </LinkButton>
          }
        >
          <TokensTable tokens={tokens} minters={minters} />
        </Card>
      )}
      {(!isFirst || nextCursor !== null) && (
        <nav aria-label="Pages" className="flex justify-end gap-2">
          {!isFirst && (
            <LinkButton to={tokensPath} size="sm">
              First page
            </LinkButton>
          )}
          {nextCursor !== null && (
            <LinkButton to={`${tokensPath}?cursor=${encodeURIComponent(nextCursor)}`} size="sm" rel="next">
              Next page
            </LinkButton>
          )}
        </nav>
      )}
    </>
  )
}
