import { useNow } from '../../lib/page-clock.ts'
import type { Refusal } from '../../lib/run-intent.ts'
import { Badge } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '../../ui/table.tsx'
import { describeKeyLimits, type KeyLimits } from './key-limits.ts'
import { ConfirmIntent } from './confirm-intent.tsx'
import { IntentProblem } from './intent-problem.tsx'

export interface KeyRow extends KeyLimits {
  id: string
  name: string
  prefix: string
  lastFour: string
  isRoot: boolean
  createdAt: string
  expiresAt: string | null
  lastUsedAt: string | null
  revokedAt: string | null
}

export interface KeysTableProps {
  keys: readonly KeyRow[]
  refusal: Refusal | undefined
}

const KeyEnds = ({ keyRow: { prefix, lastFour } }: { keyRow: KeyRow }) => (
  <code className="font-mono text-code whitespace-nowrap">
    {prefix}…{lastFour}
  </code>
)

/** On a narrow screen also what has no column there. */
function NameAndState({ keyRow }: { keyRow: KeyRow }) {
  const now = useNow()
  const hasExpired = keyRow.expiresAt !== null && Date.parse(keyRow.expiresAt) <= now
  return (
    <div className="sm:min-w-40">
      <p className="flex flex-wrap items-center gap-2 font-medium wrap-anywhere">
        {keyRow.name}
        {keyRow.isRoot && <Badge tone="accent">Root</Badge>}
        {keyRow.revokedAt !== null ? <Badge>Revoked</Badge> : hasExpired && <Badge tone="warn">Expired</Badge>}
      </p>
      <p className="text-muted sm:hidden">
        <KeyEnds keyRow={keyRow} />
        <span className="block">
          {keyRow.expiresAt === null ? 'Never expires' : <>{hasExpired ? 'Expired' : 'Expires'} <RelativeTime at={keyRow.expiresAt} /></>}
        </span>
      </p>
      {describeKeyLimits(keyRow).map((limit) => (
        <p key={limit} className="max-w-80 text-small text-muted text-pretty wrap-anywhere">
          {limit}
        </p>
      ))}
      {keyRow.isRoot && keyRow.revokedAt === null && (
        <p className="max-w-80 text-muted text-pretty">
          To replace it, change PLUGBOARD_ROOT_KEY, or delete the file root-key in DATA_DIR, and restart.
        </p>
      )}
    </div>
  )
}

/** What works comes first. */
const inOrder = (keys: readonly KeyRow[]) => [...keys.filter((key) => key.revokedAt === null), ...keys.filter((key) => key.revokedAt !== null)]

export function KeysTable({ keys, refusal }: KeysTableProps) {
  return (
    <Card flush title="API keys">
      <IntentProblem refusal={refusal} intents={['revoke-key']} />
      <Table label="API keys">
        <TableHead>
          <HeadCell>Name</HeadCell>
          <HeadCell className="max-sm:hidden">Key</HeadCell>
          <HeadCell className="max-sm:hidden">Created</HeadCell>
          <HeadCell>Last used</HeadCell>
          <HeadCell className="max-sm:hidden">Expires</HeadCell>
          <HeadCell hiddenLabel="Actions" />
        </TableHead>
        <TableBody>
          {inOrder(keys).map((key) => (
            <Row key={key.id}>
              <Cell>
                <NameAndState keyRow={key} />
              </Cell>
              <Cell className="max-sm:hidden">
                <KeyEnds keyRow={key} />
              </Cell>
              <Cell className="max-sm:hidden">
                <RelativeTime at={key.createdAt} />
              </Cell>
              <Cell>
                <RelativeTime at={key.lastUsedAt} />
              </Cell>
              <Cell className="max-sm:hidden">
                <RelativeTime at={key.expiresAt} />
              </Cell>
              <Cell align="end">
                {!key.isRoot && key.revokedAt === null && (
                  <ConfirmIntent
                    intent="revoke-key"
                    id={key.id}
                    label={`Revoke ${key.name}`}
                    title={`Revoke ${key.name}?`}
                    description="Calls with it are refused from now on, and its open streams end. This cannot be undone."
                    confirmLabel="Revoke key"
                  >
                    Revoke
                  </ConfirmIntent>
                )}
              </Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
    </Card>
  )
}
