// Which runs of the official suite count: its stable release, and the newer one once per revision that it froze.

export interface SuiteRun {
  title: string
  /** The version of @modelcontextprotocol/conformance. */
  version: string
  /** Arguments that choose the whole set of scenarios. */
  all: string[]
  /** Arguments beside `--scenario` that run one of them the same way. */
  alone: string[]
}

const alpha = '0.2.0-alpha.12'
const revisions = ['2025-11-25', '2026-07-28']

export const serverRuns: SuiteRun[] = [
  { title: '0.1.16, all server scenarios', version: '0.1.16', all: ['--suite', 'all'], alone: [] },
  ...revisions.map(requirementsOf),
]

/** All scenarios of the stable release beside OAuth's are part of the others. */
export const clientRuns: SuiteRun[] = [
  { title: '0.1.16, client scenarios of OAuth', version: '0.1.16', all: ['--suite', 'auth'], alone: [] },
  {
    title: '0.1.16, OAuth of MCP 2025-03-26 (trusted issuer and legacy endpoints allowed for the connection)',
    version: '0.1.16',
    all: ['--suite', 'backcompat'],
    alone: [],
  },
  ...revisions.map(requirementsOf),
]

function requirementsOf(revision: string): SuiteRun {
  return { title: `${alpha}, required for MCP ${revision}`, version: alpha, all: ['--requirements', revision], alone: ['--spec-version', revision] }
}
