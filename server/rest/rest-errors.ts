// What can be wrong with an HTTP request before any use case sees it.
import { AppError } from '../lib/app-error.ts'

export const routeNotFound = () =>
  new AppError({ code: 'route.not_found', kind: 'not_found', message: 'There is no such route. /openapi.json lists them all.' })

export const methodNotAllowed = (allowed: readonly string[]) =>
  new AppError({
    code: 'route.method_not_allowed',
    kind: 'method_not_allowed',
    message: `This route takes ${allowed.join(', ')}.`,
    details: { allowed: [...allowed] },
  })

export const toolNotFound = () =>
  new AppError({
    code: 'tool.not_found',
    kind: 'not_found',
    message: 'This connection has no such tool and no category of that name. GET …/.tools lists them.',
  })
