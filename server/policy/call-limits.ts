// What an actor's limits look at, asked before a message is looked at.
import { blocksOf, isLimited, type Actor } from './actor.ts'

/** Whether calls of one connection may differ in whether they are allowed. */
export const limitsCalls = (actor: Actor): boolean => isLimited(actor) && blocksOf(actor).some(({ constraints }) => constraints.some((constraint) => constraint.limitsCalls))

/** Whether it matters what tools say of themselves. */
export const needsDefinitions = (actor: Actor): boolean => blocksOf(actor).some(({ constraints }) => constraints.some(({ readOnly }) => readOnly))
