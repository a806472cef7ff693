// What the procedures answer and take, by the names that pages use.
import type { PageContext } from '../../lib/load-context.ts'

type Tokens = PageContext['api']['tokens']

export type TokenView = Awaited<ReturnType<Tokens['list']>>['tokens'][number]
export type TokenPreview = Awaited<ReturnType<Tokens['preview']>>
export type Policy = NonNullable<Parameters<Tokens['mint']>[0]['policy']>
export type Grant = Policy[number]
type AskedQuestion = NonNullable<Parameters<Tokens['preview']>[0]['question']>
/** The procedure takes arguments as text, too. */
export type Question = Omit<AskedQuestion, 'arguments'> & { arguments?: Record<string, unknown> }
export type Operation = Question['operation']
