// How a step that went well is told. A trace can say these sentences and those of our own errors, and nothing else.

export const DECISIONS = {
  metadata_announced: 'The server asks for a token and says where its metadata is.',
  token_wanted: 'The server asks for a token and does not say where its metadata is.',
  nothing_asked: 'The server asked for no token here.',
  resource_described: 'The server’s metadata describes this address and names an authorization server.',
  resource_undescribed: 'The server has no such metadata: its own origin is taken for the authorization server.',
  issuer_described: 'The document names the issuer that was asked, offers PKCE with S256, and its endpoints may be used.',
  issuer_undescribed: 'There is no such document; the endpoints are guessed, as this connection allows.',
  client_given: 'The client that was given to this connection is used.',
  client_is_document: 'Plugboard’s metadata document is its client id here.',
  client_registered: 'Plugboard’s registration at this server is used.',
  person_sent: 'The browser was sent to sign in, with a state, PKCE and a redirect URI of this issuer’s own.',
  answer_accepted: 'The answer came from the server that was asked, in the browser that left for it.',
  code_redeemed: 'The code was exchanged for tokens where the metadata said at the start.',
  machine_trusted: 'The server gave a token to the connection itself; nobody was asked.',
  tokens_renewed: 'The server renewed the access token.',
  grant_stored: 'The tokens are sealed and stored.',
  grant_held: 'The tokens are held until the app’s backend completes the connect session.',
  grant_superseded: 'Somebody else renewed it meanwhile; what they stored counts.',
  grant_given_back: 'The server says that the tokens are good for nothing now.',
  grant_not_given_back: 'The server was asked to end the tokens and did not say that it did.',
  connection_made: 'The connection was made.',
  connected: 'The server answers.',
  auth_required: 'The server waits for somebody to sign in.',
  input_required: 'The server waits for configuration that only a person can give.',
  disconnected: 'The server was not asked yet.',
} as const

export type Decision = keyof typeof DECISIONS
