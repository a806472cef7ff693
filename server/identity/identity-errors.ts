import { AppError, invalidInput } from '../lib/app-error.ts'

export const unauthenticated = () =>
  new AppError({ code: 'identity.unauthenticated', kind: 'unauthenticated', message: 'Missing, unknown, expired or revoked API key or service token. Send "Authorization: Bearer …".' })

/** For people: a page, or a browser's call without a session that still holds. */
export const signedOut = () =>
  new AppError({ code: 'identity.unauthenticated', kind: 'unauthenticated', message: 'You are not signed in, or not any more. Sign in and try again.' })

export const apiKeyInBrowser = () =>
  new AppError({
    code: 'identity.api_key_in_browser',
    kind: 'forbidden',
    message: 'An API key arrived with an Origin header, so it is in a browser, where anybody can read it. Call from your backend.',
  })

export const addressRefused = () =>
  new AppError({
    code: 'identity.address_refused',
    kind: 'forbidden',
    message: 'This API key is limited to addresses that yours is not among. Call from one of them, or give the key others.',
  })

export const apiKeyNotFound = () => new AppError({ code: 'identity.api_key_not_found', kind: 'not_found', message: 'API key not found.' })

export const rootKeyNotRevocable = () =>
  new AppError({ code: 'identity.root_key', kind: 'conflict', message: 'This is the root key. Change PLUGBOARD_ROOT_KEY or delete DATA_DIR/root-key and restart to replace it.' })

/** One sentence for an unknown address and for a wrong password. */
export const signInRefused = () =>
  new AppError({ code: 'identity.sign_in_refused', kind: 'unauthenticated', message: 'The email address or the password is wrong.' })

export const tooManyAttempts = (retryAfterSeconds: number) =>
  new AppError({
    code: 'identity.too_many_attempts',
    kind: 'rate_limited',
    message: `Too many attempts. Try again in ${Math.ceil(retryAfterSeconds / 60)} min.`,
    retryAfterSeconds,
  })

export const wrongSetupCode = () => invalidInput('setupCode', 'is not the code in the log and in DATA_DIR/setup-code', 'identity.setup_code')

export const ownerExists = () =>
  new AppError({ code: 'identity.owner_exists', kind: 'conflict', message: 'Plugboard is set up already. Sign in, or ask an owner for an invitation.' })

export const wrongPassword = () => invalidInput('current', 'is not your password', 'identity.password_wrong')

export const emailTaken = () =>
  new AppError({
    code: 'identity.email_taken',
    kind: 'conflict',
    message: 'Somebody with this email address is a member already.',
    details: { field: 'email' },
  })

export const invitationNotFound = () =>
  new AppError({
    code: 'identity.invitation_not_found',
    kind: 'not_found',
    message: 'This invitation does not exist, was used or withdrawn, or is too old. Ask for a new one.',
  })

export const memberNotFound = () => new AppError({ code: 'identity.member_not_found', kind: 'not_found', message: 'Member not found.' })

export const sessionNotFound = () => new AppError({ code: 'identity.session_not_found', kind: 'not_found', message: 'Session not found. It may be over already.' })

export const ownersOnly = () =>
  new AppError({ code: 'identity.owners_only', kind: 'forbidden', message: 'Only an owner can make, change or remove an owner.' })

export const lastOwner = () =>
  new AppError({
    code: 'identity.last_owner',
    kind: 'conflict',
    message: 'This is the last owner, and an organization needs one. Make somebody else an owner first.',
  })

/** A page of another site has sent the browser here (CSRF), or something that is no browser sends a cookie. */
export const crossSite = () =>
  new AppError({
    code: 'http.cross_site',
    kind: 'forbidden',
    message: 'This request did not come from a page of ours. Open Plugboard under its PUBLIC_URL and try again there.',
  })
