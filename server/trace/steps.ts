// The steps that a trace knows, and where each is written down: what went well cites the step, what failed the rule
// that was broken.

/** Null: our own business, in no specification. */
const SECTIONS = {
  challenge: 'RFC 9728 §5.1',
  protected_resource_metadata: 'RFC 9728 §3',
  issuer_metadata: 'RFC 8414 §3',
  client: 'MCP 2025-11-25 authorization, Client Registration Approaches',
  authorization_request: 'RFC 6749 §4.1.1',
  callback: 'RFC 9207 §2.4',
  token: 'RFC 6749 §4.1.3',
  client_credentials: 'RFC 6749 §4.4',
  jwt_bearer: 'RFC 7523 §2.1',
  refresh: 'RFC 6749 §6',
  grant: null,
  revocation: 'RFC 7009 §2',
  created: null,
  connected: null,
  auth_required: null,
  input_required: null,
  disconnected: null,
  error: null,
} as const satisfies Record<string, string | null>

export type StepName = keyof typeof SECTIONS

export const STEP_NAMES = Object.keys(SECTIONS) as [StepName, ...StepName[]]

/** By the code of the error. An outage has none: then the step itself is what was not answered. */
const RULES: Readonly<Record<string, string>> = {
  'oauth.resource_mismatch': 'RFC 9728 §3.3',
  'oauth.no_authorization_server': 'RFC 9728 §2',
  'oauth.issuer_mismatch': 'RFC 8414 §3.3',
  'oauth.unsafe_endpoint': 'RFC 8414 §2',
  'oauth.pkce_unsupported': 'MCP 2025-11-25 authorization, Authorization Code Protection',
  'oauth.registration_refused': 'RFC 7591 §3.2.2',
  'oauth.authorization_refused': 'RFC 6749 §4.1.2.1',
  'oauth.grant_invalid': 'RFC 6749 §5.2',
  'oauth.client_invalid': 'RFC 6749 §5.2',
  'oauth.token_refused': 'RFC 6749 §5.2',
  'authorization.client_refused': 'RFC 6749 §5.2',
  'authorization.identity_refused': 'RFC 7523 §3.1',
}

export const sectionOf = (step: StepName, code: string | null): string | null => (code !== null && RULES[code]) || SECTIONS[step]
