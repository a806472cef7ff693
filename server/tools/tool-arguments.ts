import { z } from 'zod'

/** Any JSON object, handed on as it was parsed: a copy could lose members with unusual names. */
export const toolArguments = z
  .custom<Record<string, unknown>>((value) => typeof value === 'object' && value !== null && !Array.isArray(value), 'must be a JSON object, the arguments of the tool')
  .meta({ type: 'object', description: 'The tool’s arguments.' })
