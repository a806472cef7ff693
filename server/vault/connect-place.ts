import type { SecretPlace } from './associated-data.ts'

interface ConnectRow {
  organizationId: string
  /** Of the connect session. */
  id: string
}

/** What a connection is going to be made from: its URL may have a key in it. */
export const draftPlace = ({ organizationId, id }: ConnectRow): SecretPlace => ({
  organizationId,
  table: 'connect_session',
  column: 'draft_sealed',
  rowId: id,
  generation: 1,
})

/** Tokens that wait for the word of an app's backend; a session holds one set, once. */
export const heldGrantPlace = ({ organizationId, id }: ConnectRow): SecretPlace => ({
  organizationId,
  table: 'held_grant',
  column: 'sealed',
  rowId: id,
  generation: 1,
})
