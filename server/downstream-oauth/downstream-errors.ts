import { AppError, invalidInput } from '../lib/app-error.ts'

export const unknownClient = () =>
  new AppError({
    code: 'downstream.unknown_client',
    kind: 'invalid',
    message: 'This app is not registered here, or not any more. Remove the server from the app, add it again and sign in from there.',
  })

export const clientAddressInvalid = () =>
  new AppError({
    code: 'downstream.client_address',
    kind: 'invalid',
    message: 'The address that says who this app is cannot be used: it must be https, have a path, and be spelt in the one way that URLs are. Its maker has to mend that.',
  })

/** `problem`: of the document, in words of ours. */
export const clientDocumentInvalid = (problem: string) =>
  new AppError({
    code: 'downstream.client_document',
    kind: 'invalid',
    message: `The document that says who this app is ${problem}. Its maker has to mend that.`,
  })

/** Blocked, refused and unknown read alike. */
export const clientDocumentUnreachable = (cause: unknown) =>
  new AppError({
    code: 'downstream.client_document_unreachable',
    kind: 'upstream',
    message: 'The document that says who this app is could not be read at its address. Try again later, or tell its maker.',
    cause,
  })

export const foreignRedirect = () =>
  new AppError({
    code: 'downstream.redirect_uri',
    kind: 'invalid',
    message: 'The app wants you sent to an address that it did not register, so you are not sent anywhere. Close this page.',
  })

export const nothingPicked = () => invalidInput('connections', 'Pick at least one connection, or name metadata.', 'downstream.nothing_picked')

export const tooManyPicked = () =>
  invalidInput('connections', 'These are too many for one app. Pick fewer, or give them metadata and name that.', 'downstream.too_many_picked')

export const requestOver = () =>
  new AppError({ code: 'downstream.request_invalid', kind: 'invalid', message: 'The request of the app is not complete. Go back to the app and sign in again.' })

export const grantNotFound = () => new AppError({ code: 'downstream.grant_not_found', kind: 'not_found', message: 'This app has no access any more.' })
