import { useNow } from '../../lib/page-clock.ts'
import { Badge, type BadgeTone } from '../../ui/badge.tsx'
import { CopyId } from '../../ui/copy-id.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '../../ui/table.tsx'
import { ConfirmIntent } from '../account/confirm-intent.tsx'
import { type Minter, stateOf, type TokenState } from './token-state.ts'
import type { TokenView } from './token-types.ts'

const BADGES: Readonly<Record<TokenState, { tone: BadgeTone; word: string; title?: string }>> = {
  active: { tone: 'good', word: 'Active' },
  revoked: { tone: 'neutral', word: 'Revoked' },
  expired: { tone: 'neutral', word: 'Expired' },
  orphaned: { tone: 'warn', word: 'Ended', title: 'Whoever minted it is gone' },
}

interface TokensTableProps {
  tokens: readonly TokenView[]
  /** By id. */
  minters: Readonly<Record<string, Minter>>
}

function Words({ sentences }: { sentences: readonly string[] }) {
  return (
    <ul className="grid max-w-120 gap-1 whitespace-normal">
      {sentences.map((sentence, index) => (
        <li key={index} className="text-small text-pretty wrap-anywhere">
          {index > 0 && <span className="text-muted">or </span>}
          {sentence}
        </li>
      ))}
    </ul>
  )
}

/** On a narrow screen the first cell also has what has no column there. */
function TokenRow({ token, minter }: { token: TokenView; minter: Minter | undefined }) {
  const state = stateOf(token, minter, useNow())
  const { tone, word, title } = BADGES[state]
  const name = token.name ?? token.id
  return (
    <Row className="align-top">
      <Cell className="max-w-64 min-w-40 py-3 max-md:w-full">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium wrap-anywhere">{token.name ?? <span className="text-muted">Without a name</span>}</span>
          <Badge tone={tone}>
            <span title={title}>{word}</span>
          </Badge>
        </p>
        <CopyId value={token.id} label="token id" className="max-w-44 text-muted" />
        <div className="grid gap-1 md:hidden">
          <Words sentences={token.may} />
          {state === 'active' && (
            <p className="text-small text-muted">
              Expires <RelativeTime at={token.expiresAt} />
            </p>
          )}
        </div>
      </Cell>
      <Cell className="min-w-56 py-3 max-md:hidden">
        <Words sentences={token.may} />
      </Cell>
      <Cell className="py-3 max-md:hidden">
        <p className="max-w-40 truncate" title={minter?.name ?? token.mintedBy.id}>
          {minter?.name ?? 'Somebody who is gone'}
        </p>
        <p className="text-small text-muted">
          {token.mintedBy.kind === 'member' ? 'Member' : 'API key'}, <RelativeTime at={token.createdAt} />
        </p>
      </Cell>
      <Cell className="py-3 max-md:hidden">
        <RelativeTime at={token.expiresAt} />
      </Cell>
      <Cell align="end" className="py-3">
        {state === 'active' && (
          <ConfirmIntent
            intent="revoke-token"
            id={token.id}
            label={`Revoke ${name}`}
            title={`Revoke ${name}?`}
            description="It and all that was narrowed from it are refused from now on, in other processes within five seconds. This cannot be undone."
            confirmLabel="Revoke token"
          >
            Revoke
          </ConfirmIntent>
        )}
      </Cell>
    </Row>
  )
}

export function TokensTable({ tokens, minters }: TokensTableProps) {
  return (
    <Table label="Service tokens, newest first">
      <TableHead>
        <HeadCell>Token</HeadCell>
        <HeadCell className="max-md:hidden">May</HeadCell>
        <HeadCell className="max-md:hidden">Minted by</HeadCell>
        <HeadCell className="max-md:hidden">Expires</HeadCell>
        <HeadCell hiddenLabel="Actions" />
      </TableHead>
      <TableBody>
        {tokens.map((token) => (
          <TokenRow key={token.id} token={token} minter={minters[token.mintedBy.id]} />
        ))}
      </TableBody>
    </Table>
  )
}
