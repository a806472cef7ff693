import { Card } from '../../ui/card.tsx'
import { Notice } from '../../ui/notice.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { CheckRow } from './check-row.tsx'
import { foldSkipped } from './fold-skipped.ts'
import type { Examination } from './examination-types.ts'
import { RemedyLink, type RemedyLinkProps } from './remedy-link.tsx'

type ExaminationViewProps = Omit<RemedyLinkProps, 'remedy'> & { examination: Examination }

/** The sentence first, with the way to mend it; then what it was found by. */
export function ExaminationView({ examination: { examinedAt, verdict, checks }, ...links }: ExaminationViewProps) {
  const { healthy, sentence, fix, remedy } = verdict
  const tone = !healthy ? 'bad' : fix === undefined && !checks.some(({ outcome }) => outcome === 'warning') ? 'good' : 'warn'
  return (
    <div className="grid gap-6">
      <Notice tone={tone} title={sentence}>
        {fix !== undefined && <p>{fix}</p>}
        {remedy && (
          <div className="mt-2 mb-1">
            <RemedyLink remedy={remedy} {...links} />
          </div>
        )}
      </Notice>
      <Card
        title="What was looked at"
        description={
          <>
            Asked <RelativeTime at={examinedAt} />
          </>
        }
        flush
      >
        <ul className="divide-y divide-line">
          {foldSkipped(checks).map(({ names, check }) => (
            <CheckRow key={check.check} names={names} check={check} />
          ))}
        </ul>
      </Card>
    </div>
  )
}
