// Which tool a path means. Clients write `issues.create` as it is, as `issues/create`, or with a slash
// that belongs to the name as `%2F`: a tool of exactly that name wins, else the segments joined by dots.
import { invalidInput } from '../lib/app-error.ts'

export interface ToolPath {
  /** The rest of the path, decoded. */
  exact: string
  /** Its segments joined by dots; the same as `exact` if there is but one. */
  dotted: string
}

interface Named {
  name: string
}

/** Reads the raw URL: in a decoded path the slash of a name and the slash between segments look alike. */
export function readToolPath(url: string): ToolPath {
  const segments = url.split(/[?#]/, 1)[0]!.split('/')
  try {
    const rest = segments.slice(segments.findIndex((segment) => decodeURIComponent(segment) === '.tools') + 1)
    return {
      exact: decodeURIComponent(rest.join('/')),
      dotted: rest.filter((segment) => segment !== '').map(decodeURIComponent).join('.'),
    }
  } catch {
    throw invalidInput('tool', 'is not valid percent-encoding')
  }
}

export const findTool = <Tool extends Named>(tools: readonly Tool[], path: ToolPath): Tool | undefined =>
  tools.find((tool) => tool.name === path.exact) ?? tools.find((tool) => tool.name === path.dotted)

/** The tools of a category: `issues` holds `issues.create` and `issues/create`. */
export const findCategory = <Tool extends Named>(tools: readonly Tool[], path: ToolPath): Tool[] =>
  tools.filter((tool) => tool.name.startsWith(`${path.dotted}.`) || tool.name.startsWith(`${path.exact.replace(/\/$/, '')}/`))
