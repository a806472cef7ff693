// Documents are read by people who then look for what is named: every file and package that one names is
// there, and what has to be explained is.

/** Text between backticks, outside of code blocks. */
function codeSpans(document: string): string[] {
  const prose = document.replace(/^```[\s\S]*?^```$/gm, '')
  return [...prose.matchAll(/`([^`\n]+)`/g)].map((match) => match[1]!)
}

const FILE = /^[\w.-]+(?:\/[\w.-]+)*\.(?:ts|tsx|mjs|md|sql)$/

export const filesNamedIn = (document: string): string[] => [...new Set(codeSpans(document).filter((span) => FILE.test(span)))]

/** Rows of the tables in the section under `## heading`, as cells; without headings and rules. */
export function tableRows(document: string, heading: string): string[][] {
  const [, after = ''] = document.split(`\n## ${heading}\n`)
  const section = after.split(/^## /m)[0]!
  const rows = section.split('\n').filter((line) => line.startsWith('| '))
  return rows.filter((line) => !/^\| ?-/.test(line)).map((line) => line.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim()))
}

const unquote = (cell: string) => cell.replaceAll('`', '')

/** `@scope/*` names all packages of a scope. */
const names = (row: string, name: string) => (row.endsWith('/*') ? name.startsWith(row.slice(0, -1)) : row === name)

/** A row is `| name, name | reason |`. */
export function findDependencyProblems(document: string, installed: readonly string[]): string[] {
  const rows = tableRows(document, 'Dependencies').slice(1)
  const named = rows.flatMap(([names = '']) => names.split(',').map((name) => unquote(name.trim())))
  return [
    ...installed.filter((name) => !named.some((row) => names(row, name))).map((name) => `${name} is installed for no reason that is written down`),
    ...named.filter((row) => !installed.some((name) => names(row, name))).map((name) => `${name} is explained and not installed`),
    ...rows.filter(([, reason]) => !reason).map(([name]) => `${name} has no reason`),
  ]
}

/** A row is `| floor | room | … |`. `floors` are those of the layout test; only rooms with a source in them count. */
export function findRoomProblems(document: string, floors: readonly (readonly string[])[], sources: Iterable<string>): string[] {
  const paths = [...sources]
  const lives = (room: string) => paths.some((path) => path === room || path.startsWith(`${room}/`))
  const actual = floors.flatMap((rooms, floor) => rooms.filter(lives).map((room) => `${floor} ${room}`))
  const described = tableRows(document, 'Floors and rooms')
    .slice(1)
    .map(([floor = '', room = '']) => `${floor} ${unquote(room)}`)
  return [
    ...actual.filter((row) => !described.includes(row)).map((row) => `floor and room ${row} is not described`),
    ...described.filter((row) => !actual.includes(row)).map((row) => `floor and room ${row} is described and not there`),
  ]
}
