import type { Context } from '../context/context.ts'
import { AppError } from '../lib/app-error.ts'
import { signsInByItself } from './authorization/authorization-errors.ts'
import { setupUrlFor } from './authorization/setup-url-for.ts'
import { noteConnection } from './note-connection.ts'
import { requireStoredHandle, type ConnectionName } from './find-handle.ts'

/** For signing in anew, also while the grant still works: until somebody does, nothing changes. @throws connection.not_found, policy.forbidden, authorization.signs_in_by_itself */
export async function createSetupLink(context: Context, input: ConnectionName): Promise<{ url: string }> {
  const { row } = await requireStoredHandle(context, input, 'write')
  if (row.machineGrant !== null) throw signsInByItself()
  const url = setupUrlFor(context, row)
  if (url === undefined) throw linkNotForTokens()
  noteConnection(context, row, 'setup_link.create')
  return { url }
}

const linkNotForTokens = () =>
  new AppError({
    code: 'policy.forbidden',
    kind: 'forbidden',
    message: 'A service token gets no setup links: send the person with a connect session, which your backend completes.',
  })
