// Who may delete only certain connections may delete one only as they were judged by: its metadata could be others by now.
import type { ConnectionRow } from '../../db/schema/connection.ts'
import type { Context } from '../context/context.ts'
import type { AppError } from '../lib/app-error.ts'
import { isLimited } from '../policy/actor.ts'
import { connectionChangedMeanwhile, connectionNotFound } from './connection-errors.ts'

export const revisionFor = ({ actor }: Context, { revision }: ConnectionRow): number | undefined => (isLimited(actor) ? revision : undefined)

export const notDeleted = ({ actor }: Context): AppError => (isLimited(actor) ? connectionChangedMeanwhile() : connectionNotFound())
