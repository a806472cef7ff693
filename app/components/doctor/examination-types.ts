import type { PageContext } from '../../lib/load-context.ts'

export type Examination = Awaited<ReturnType<PageContext['api']['connections']['doctor']>>
export type ExaminationCheck = Examination['checks'][number]
export type Remedy = NonNullable<ExaminationCheck['remedy']>
