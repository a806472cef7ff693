// The house, as a table. An import goes to a lower floor; on the same floor only along an arrow listed here.
import { findCycles, type Import, readImports } from './import-graph.ts'
import type { SourceTree } from './source-tree.ts'

/** From the ground up. A room is a folder, or a single file that is one. */
export const floors: readonly (readonly string[])[] = [
  ['db', 'server/config', 'server/lib'],
  ['server/oauth', 'server/mcp', 'server/vault', 'server/policy', 'server/egress', 'server/telemetry'],
  [
    'server/context',
    'server/usage',
    'server/trace',
    'server/audit',
    'server/connections',
    'server/connect-sessions',
    'server/tools',
    'server/aggregate',
    'server/doctor',
    'server/history',
    'server/namespaces',
    'server/identity',
    'server/tokens',
    'server/downstream-oauth',
    'server/installation',
    'server/webhooks',
    'server/keys',
    'server/demo',
  ],
  // admin is a door too: the operator's, over a socket file that only the operator can open.
  ['server/api', 'server/rest', 'server/gateway', 'server/admin'],
  ['server/http', 'server/boot', 'server/ticks.ts', 'server/services.ts', 'server/main.ts', 'server/scripts'],
  ['app', 'client'],
]

/** Arrows between rooms of one floor: `from -> to`. */
export const arrows: readonly string[] = [
  'db -> server/lib',
  'server/config -> server/lib',
  'server/mcp -> server/egress',
  'server/mcp -> server/oauth',
  'server/mcp -> server/policy',
  'server/mcp -> server/telemetry',
  'server/telemetry -> server/egress',
  'server/context -> server/usage',
  'server/context -> server/trace',
  'server/context -> server/audit',
  'server/connections -> server/audit',
  'server/connect-sessions -> server/audit',
  'server/identity -> server/audit',
  'server/history -> server/audit',
  'server/webhooks -> server/audit',
  'server/connections -> server/namespaces',
  'server/connections -> server/context',
  'server/connections -> server/trace',
  'server/connect-sessions -> server/connections',
  'server/connect-sessions -> server/context',
  'server/connect-sessions -> server/identity',
  'server/connect-sessions -> server/namespaces',
  'server/connect-sessions -> server/tokens',
  'server/connect-sessions -> server/trace',
  'server/tools -> server/context',
  'server/tools -> server/connections',
  'server/tools -> server/namespaces',
  'server/aggregate -> server/connections',
  'server/aggregate -> server/context',
  'server/aggregate -> server/namespaces',
  'server/aggregate -> server/tools',
  'server/doctor -> server/connections',
  'server/doctor -> server/context',
  'server/history -> server/connections',
  'server/history -> server/context',
  'server/history -> server/namespaces',
  'server/history -> server/trace',
  'server/history -> server/usage',
  'server/namespaces -> server/context',
  'server/identity -> server/context',
  'server/identity -> server/namespaces',
  'server/identity -> server/tokens',
  'server/tokens -> server/connections',
  'server/tokens -> server/context',
  'server/tokens -> server/namespaces',
  'server/downstream-oauth -> server/audit',
  'server/downstream-oauth -> server/connections',
  'server/downstream-oauth -> server/context',
  'server/downstream-oauth -> server/identity',
  'server/downstream-oauth -> server/namespaces',
  'server/downstream-oauth -> server/tokens',
  'server/installation -> server/connections',
  'server/installation -> server/context',
  'server/webhooks -> server/context',
  'server/webhooks -> server/namespaces',
  'server/main.ts -> server/services.ts',
  'server/main.ts -> server/boot',
  'server/main.ts -> server/http',
  'server/http -> server/boot',
  'server/http -> server/services.ts',
  'server/services.ts -> server/boot',
  'server/services.ts -> server/ticks.ts',
  'server/scripts -> server/services.ts',
]

/** Rooms, or single files of one, that only these may look into, although the floors would let others. */
export const closedRooms: readonly { room: string; openTo: readonly string[]; because: string }[] = [
  {
    room: 'db',
    openTo: [...floors[2]!, 'server/admin', 'server/boot', 'server/services.ts', 'server/scripts'],
    because: 'mechanisms take plain values, and doors go through the use cases',
  },
  { room: 'db/open.ts', openTo: ['server/services.ts', 'server/scripts'], because: 'a process opens its database once' },
  { room: 'server/services.ts', openTo: ['server/main.ts', 'server/http', 'server/scripts'], because: 'long-lived things are built once and handed down' },
]

/** All that a page may take from the server. */
const OPEN_TO_APP = new Set(['server/http/page-context.ts'])

const inside = (path: string, room: string) => path === room || path.startsWith(`${room}/`)

interface Place {
  room: string
  floor: number
}

function placeOf(path: string): Place | undefined {
  for (const [floor, rooms] of floors.entries()) {
    const room = rooms.find((candidate) => inside(path, candidate))
    if (room) return { room, floor }
  }
  return undefined
}

function judge({ from, to }: Import): string | undefined {
  const [source, target] = [placeOf(from), placeOf(to)]
  if (!source || !target || source.room === target.room) return undefined
  if (target.room === 'app' || target.room === 'client') return `${from} imports ${to}: nothing imports ${target.room}/`
  if (source.room === 'app') return OPEN_TO_APP.has(to) ? undefined : `${from} imports ${to}: pages see only ${[...OPEN_TO_APP].join(', ')}`
  if (target.floor > source.floor) return `${from} (floor ${source.floor}) imports ${to} (floor ${target.floor}): imports go down`
  const closed = closedRooms.find(({ room, openTo }) => inside(to, room) && !openTo.includes(source.room))
  if (closed) return `${from} imports ${to}: ${closed.because}`
  const arrow = `${source.room} -> ${target.room}`
  if (target.floor === source.floor && !arrows.includes(arrow)) return `${from} imports ${to}: "${arrow}" is not an arrow of this floor`
  return undefined
}

/** Everything in the tree that the table above does not allow. Tests may import anything. */
export function findFloorProblems(tree: SourceTree): string[] {
  const homeless = [...tree.keys()].filter((path) => !inside(path, 'test') && !placeOf(path))
  const fileImports = readImports(tree).filter(({ kind }) => kind === 'file')
  const ours = fileImports.filter(({ from }) => !inside(from, 'test'))
  const roomEdges = arrows.map((arrow) => arrow.split(' -> ')).map(([from, to]) => ({ from: from!, to: to! }))
  return [
    ...homeless.map((path) => `${path} lies in no room: give its folder a floor in test/layout/floors.ts`),
    ...ours.flatMap((edge) => judge(edge) ?? []),
    ...findCycles(fileImports).map((cycle) => `cycle: ${cycle.join(' -> ')}`),
    ...findCycles(roomEdges).map((cycle) => `cycle between rooms: ${cycle.join(' -> ')}`),
    ...fileImports
      .filter(({ to }) => /\.(ts|tsx|mjs)$/.test(to) && !tree.has(to))
      .map(({ from, to }) => `${from} imports ${to}, which does not exist`),
    ...fileImports.filter(({ to }) => !/\.[a-z]+(\?url)?$/.test(to)).map(({ from, to }) => `${from} imports ${to} without its extension`),
  ]
}
