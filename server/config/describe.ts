// The variables for people: README's table and .env.example, both held to this by a test.
import { type Variable, variables } from './schema.ts'

const rows = () => Object.entries<Variable>(variables)

const defaultCell = ({ default: text, defaultDoc }: Variable) => (text ? `\`${text}\`` : (defaultDoc ?? '–'))

/** A Markdown table, one row a variable. */
export const renderConfigTable = (): string =>
  [
    '| variable | default | what it does |',
    '| --- | --- | --- |',
    ...rows().map(([name, variable]) => `| \`${name}\` | ${defaultCell(variable)} | ${variable.doc}${variable.unit ? ` (${variable.unit})` : ''} |`),
  ].join('\n')

/** A file that can be copied to `.env` as it is: what has a default states it, the rest is commented out. */
export const renderEnvExample = (): string =>
  [
    '# Copy to .env and change what you need; every line is optional. Exported variables win over the file.',
    ...rows().flatMap(([name, variable]) => {
      const fallback = variable.defaultDoc ? [`# Default: ${variable.defaultDoc}.`] : []
      return ['', `# ${variable.doc.replaceAll('`', '')}`, ...fallback, variable.default ? `${name}=${variable.default}` : `# ${name}=`]
    }),
    '',
  ].join('\n')
