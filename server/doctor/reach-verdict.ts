// One sentence out of twelve checks.
import type { Examination, ExaminationCheck } from '../context/examination.ts'

/** `isRefused`: that the server does not let us in is then what the other failures explain. */
export function reachVerdict(checks: readonly ExaminationCheck[], isRefused: boolean): Examination['verdict'] {
  const failed = checks.filter(({ outcome }) => outcome === 'failed')
  const cause = failed.find(({ check }) => check !== 'mcp' || !isRefused) ?? failed[0]
  if (cause) return { healthy: false, ...sentenceOf(cause) }
  const warning = checks.find(({ outcome }) => outcome === 'warning')
  if (!warning) return { healthy: true, sentence: 'Everything that was looked at is in order.' }
  const answers = checks.some(({ check, outcome }) => check === 'mcp' && outcome === 'ok')
  const said = sentenceOf(warning)
  return { healthy: true, ...said, sentence: answers ? `The server answers. ${said.sentence}` : said.sentence }
}

const sentenceOf = ({ finding, fix, remedy }: ExaminationCheck) => ({
  sentence: finding,
  ...(fix !== undefined && { fix }),
  ...(remedy && { remedy }),
})
