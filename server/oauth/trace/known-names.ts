// The names of parameters and members that a trace may repeat. A name may be a stranger's text, too, so one that
// is not in here is left out.

const KNOWN = new Set([
  // RFC 6749 §4.1.1, RFC 7636 §4.3, RFC 8707 §2, OpenID Connect Core §3.1.2.1, and what a connection may add
  'response_type', 'client_id', 'redirect_uri', 'scope', 'state', 'code_challenge', 'code_challenge_method', 'resource',
  'prompt', 'login_hint', 'access_type', 'hd', 'domain_hint', 'audience',
  // RFC 6749 §4.1.2, RFC 9207 §2
  'code', 'iss', 'error', 'error_description', 'error_uri',
  // RFC 6749 §4.1.3 and §6, RFC 7009 §2.1
  'grant_type', 'code_verifier', 'refresh_token', 'client_secret', 'token', 'token_type_hint',
  // RFC 7521 §4.1 and §4.2, RFC 8693 §2
  'assertion', 'client_assertion', 'client_assertion_type', 'subject_token', 'subject_token_type', 'requested_token_type', 'issued_token_type',
  // RFC 6749 §5.1
  'access_token', 'token_type', 'expires_in', 'id_token',
  // RFC 7591 §2 and §3.2.1
  'client_name', 'client_uri', 'redirect_uris', 'grant_types', 'response_types', 'token_endpoint_auth_method', 'application_type',
  'client_id_issued_at', 'client_secret_expires_at', 'registration_client_uri', 'registration_access_token',
  // RFC 9728 §2 and §5.1
  'authorization_servers', 'scopes_supported', 'bearer_methods_supported', 'resource_metadata',
  // RFC 8414 §2, RFC 9207 §3, Client ID Metadata Documents §5, RFC 9728 §4
  'issuer', 'authorization_endpoint', 'token_endpoint', 'registration_endpoint', 'revocation_endpoint', 'jwks_uri',
  'code_challenge_methods_supported', 'token_endpoint_auth_methods_supported', 'grant_types_supported', 'response_types_supported',
  'authorization_response_iss_parameter_supported', 'client_id_metadata_document_supported', 'protected_resources',
])

/** In the order in which they were there, each once. */
export const knownNames = (names: Iterable<string>): string[] => [...new Set(names)].filter((name) => KNOWN.has(name))
