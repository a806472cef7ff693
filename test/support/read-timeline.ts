import type { TimelineFlow, TimelineView } from '../../server/history/timeline-view.ts'
import type { RunningPlugboard } from './start-plugboard.ts'

type Door = Pick<RunningPlugboard, 'send'>

/** A connection's timeline in the namespace `acme`, newest first. */
export const readTimeline = async ({ send }: Door, query = '', connectionId = 'wiki'): Promise<TimelineView> =>
  (await send<TimelineView>('GET', `/acme/${connectionId}/.timeline${query}`)).body

/** The flows of one kind. */
export const readFlows = async (door: Door, kind: TimelineFlow['kind']): Promise<TimelineFlow[]> =>
  (await readTimeline(door, '?limit=50')).flows.filter((flow) => flow.kind === kind)

/** Its steps in order, with how each ended. */
export const stepsOf = ({ steps }: TimelineFlow): string[] => steps.map(({ step, code }) => (code === null ? step : `${step}: ${code}`))
