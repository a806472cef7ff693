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

export const suiteRuns: SuiteRun[] = [
  { title: '0.1.16, all server scenarios', version: '0.1.16', all: ['--suite', 'all'], alone: [] },
  ...['2025-11-25', '2026-07-28'].map((revision) => ({
    title: `0.2.0-alpha.12, required for MCP ${revision}`,
    version: '0.2.0-alpha.12',
    all: ['--requirements', revision],
    alone: ['--spec-version', revision],
  })),
]
