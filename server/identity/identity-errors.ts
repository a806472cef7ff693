import { AppError } from '../lib/app-error.ts'

export const unauthenticated = () =>
  new AppError({ code: 'identity.unauthenticated', kind: 'unauthenticated', message: 'Missing, unknown, expired or revoked API key. Send "Authorization: Bearer <key>".' })

/** For people: a page, or a browser's call without a session that still holds. */
export const signedOut = () =>
  new AppError({ code: 'identity.unauthenticated', kind: 'unauthenticated', message: 'You are not signed in, or not any more. Sign in and try again.' })

export const apiKeyInBrowser = () =>
  new AppError({
    code: 'identity.api_key_in_browser',
    kind: 'forbidden',
    message: 'An API key arrived with an Origin header, so it is in a browser, where anybody can read it. Call from your backend.',
  })

export const apiKeyNotFound = () => new AppError({ code: 'identity.api_key_not_found', kind: 'not_found', message: 'API key not found.' })

export const rootKeyNotRevocable = () =>
  new AppError({ code: 'identity.root_key', kind: 'conflict', message: 'This is the root key. Change PLUGBOARD_ROOT_KEY or delete DATA_DIR/root-key and restart to replace it.' })
