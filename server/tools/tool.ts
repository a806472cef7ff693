import { z } from 'zod'

/** As the MCP server defines it; only its name is certain, and nothing is left out. */
export const tool = z.looseObject({ name: z.string() })
export type Tool = z.infer<typeof tool>
