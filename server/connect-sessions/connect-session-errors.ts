import { AppError, invalidInput } from '../lib/app-error.ts'

/** Also for another organization's. */
export const connectSessionNotFound = () =>
  new AppError({ code: 'connect_session.not_found', kind: 'not_found', message: 'There is no connect session of this id.' })

export const originNotAllowed = (field: string) =>
  invalidInput(field, 'lies outside the allowedOrigins of the namespace; add its origin to the settings of the namespace first', 'connect_session.origin_not_allowed')

/** It completes itself, has no code yet, or is over. */
export const nothingToComplete = () =>
  new AppError({
    code: 'connect_session.nothing_to_complete',
    kind: 'conflict',
    message: 'This connect session does not wait for a code: it completes by itself, nobody has come back yet, or it is over.',
  })

export const completionCodeWrong = () =>
  new AppError({ code: 'connect_session.code_wrong', kind: 'forbidden', message: 'This is not the code of this connect session.' })

/** Somebody else signed in than was sent. */
export const anotherPerson = () =>
  new AppError({
    code: 'connect_session.another_person',
    kind: 'forbidden',
    message: 'The person who came back is not the one this connect session was made for. What was granted was given back.',
  })

/** A credential that ended takes along what it was about to bring. */
export const sentByNobody = () =>
  new AppError({
    code: 'connect_session.sender_gone',
    kind: 'conflict',
    message: 'Whoever sent you here may not do so any more. Nothing was connected. Ask the app for a new link.',
  })

/** The settings of the namespace have changed since the link was made. */
export const nowhereToReturn = () =>
  new AppError({
    code: 'connect_session.nowhere_to_return',
    kind: 'conflict',
    message: 'The app does not allow the address any more to which you would be sent back. Ask it for a new link.',
  })
