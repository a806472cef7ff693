import type { RestRequest } from './route.ts'

/** What a request says about who makes it. Headers only: a key in a URL ends in logs and histories. */
export const readCredential = (request: RestRequest): { authorization: string | undefined; origin: string | undefined } => ({
  authorization: request.headers.get('authorization') ?? undefined,
  origin: request.headers.get('origin') ?? undefined,
})
