// Everything wrong with what the process was told, in one error, so that an operator mends it in one go.

export interface ConfigProblem {
  /** The variable to change. */
  name: string
  /** What is wrong and what to do; never the value of a secret. */
  problem: string
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly ConfigProblem[]

  constructor(problems: readonly ConfigProblem[]) {
    super(['Plugboard cannot start:', ...problems.map(({ name, problem }) => `  ${name}: ${problem}`)].join('\n'))
    this.problems = problems
  }
}
