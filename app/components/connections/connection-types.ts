// What the procedures answer, by the names that pages use.
import type { PageContext } from '../../lib/load-context.ts'

type Connections = PageContext['api']['connections']
type Answer<Procedure extends (...input: never[]) => Promise<unknown>> = Awaited<ReturnType<Procedure>>

export type ConnectionView = Answer<Connections['get']>
export type ConnectionStatus = ConnectionView['status']
export type ServerInfo = NonNullable<ConnectionView['serverInfo']>
export type CredentialSummary = Answer<Connections['credential']>
export type TryOutcome = Answer<Connections['try']>
export type RecentCall = Answer<Connections['recentCalls']>['calls'][number]
export type TimelineFlow = Answer<Connections['timeline']>['flows'][number]
export type TimelineStep = TimelineFlow['steps'][number]
export type TimelineExchange = TimelineStep['exchanges'][number]
export type Tool = Answer<PageContext['api']['tools']['list']>['tools'][number]
export type ConnectionUsage = Answer<PageContext['api']['usage']['ofConnection']>
