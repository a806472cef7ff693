import { describeInstallation } from '../../installation/describe-installation.ts'
import { procedure, router } from '../procedures.ts'

export const installationRouter = router({
  get: procedure.query(({ ctx }) => describeInstallation(ctx.context)),
})
