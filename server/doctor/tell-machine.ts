// A connection that signs in by itself is judged like the others; but nobody can open a link for it, and nobody is sent anywhere.
import type { ExaminationCheck } from '../context/examination.ts'
import { found, skipped } from './finding.ts'

const CLIENT_AGAIN = 'See at the authorization server what the client of this connection may do, and set oauthClient again.'

export const tellMachine = (checks: readonly ExaminationCheck[]): ExaminationCheck[] => checks.map(tellOne)

function tellOne(check: ExaminationCheck): ExaminationCheck {
  if (check.check === 'redirect_uri') return skipped('redirect_uri', 'Nobody is sent there: the connection signs in by itself.')
  if (check.remedy !== 'sign_in') return check
  const hasNothing = check.check === 'grant' && Object.keys(check.facts).length === 0
  if (hasNothing) return found('grant', check.outcome, 'It was not given a token yet.', { fix: 'Check the connection again: that asks for one, or shows why there is none.', remedy: 'check' })
  const { remedy: _nobody, ...rest } = check
  return { ...rest, fix: CLIENT_AGAIN }
}
