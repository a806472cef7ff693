import { exportAuditPiece } from '../../history/export-audit.ts'
import { exportAuditPieceInput, listAuditInput } from '../../history/audit-view.ts'
import { listAudit } from '../../history/list-audit.ts'
import { verifyAudit } from '../../history/verify-audit.ts'
import { procedure, router } from '../procedures.ts'

export const auditRouter = router({
  /** Who did what to which, and with what result; newest first. */
  list: procedure.input(listAuditInput).query(({ ctx, input }) => listAudit(ctx.context, input)),
  /** A piece of it as JSON lines or CSV, and where the next one goes on. A mutation, since that is noted. */
  export: procedure.input(exportAuditPieceInput).mutation(({ ctx, input }) => exportAuditPiece(ctx.context, input)),
  /** Whether each entry is the one that was written, and none is missing. */
  verify: procedure.query(({ ctx }) => verifyAudit(ctx.context)),
})
