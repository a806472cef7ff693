// What is asked of the decision point. Whatever is left out of a question is not "any", but nothing: a limit that
// looks at it says no.

export type Operation = 'read' | 'write' | 'execute'

/**
 * `settings` are the installation's: what the operator allows, which keys encrypt. `namespace_settings` say how a
 * namespace sends people to sign in. `tokens`: execute is to mint, narrow and end one's own; write to end anybody's.
 */
export type ResourceKind = 'namespaces' | 'namespace_settings' | 'connections' | 'keys' | 'tokens' | 'members' | 'webhooks' | 'settings' | 'audit'

export interface PermissionRequest {
  operation: Operation
  resource: ResourceKind
  /** Who owns what is asked for. Compared before any name: a name freed here may be someone else's there. */
  organizationId: string
  namespace?: string | undefined
  /** The stored connection. `some`: whichever this actor may; what is then done with one is asked again. */
  connection?: ConnectionFacts | 'some' | undefined
  /** What the connection will be after a write: the same grant must cover both. */
  becomes?: ConnectionFacts | undefined
  /** Of an upstream. `some`: whichever this actor may; each message is asked for again. */
  call?: CallFacts | 'some' | undefined
}

/** A row has them. */
export interface ConnectionFacts {
  /** Not yet known of a connection that is still to be made. */
  connectionId: string | undefined
  metadata: Readonly<Record<string, unknown>> | null
}

export interface CallFacts {
  /** `undefined`: an answer to the server. */
  method: string | undefined
  params?: Readonly<Record<string, unknown>> | undefined
  /** For an answer: what the server asked. */
  answers?: string | undefined
  /** A tool by its name alone: whether it may be called with some arguments. */
  anyArguments?: true
  /** Whether a tool said, when the token was minted, that it changes nothing, and says the same now. */
  isReadOnly?(tool: string): boolean
}

/** A stored connection, whose it is and where it is. */
export interface OwnedConnection extends ConnectionFacts {
  organizationId: string
  namespace: string
}

export const requestFor = (operation: Operation, row: OwnedConnection, call?: PermissionRequest['call']): PermissionRequest => ({
  operation,
  resource: 'connections',
  organizationId: row.organizationId,
  namespace: row.namespace,
  connection: row,
  call,
})
