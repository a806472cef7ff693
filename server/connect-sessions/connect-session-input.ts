// What an app says when it sends somebody to connect a server.
import { z } from 'zod'
import { connectionId, createConnectionInput } from '../connections/connection-input.ts'
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../lib/units.ts'
import { allowedOrigins, returnUrl } from '../namespaces/allowed-origin.ts'
import { namespaceName } from '../namespaces/namespace-name.ts'
import { completion } from '../namespaces/namespace-settings.ts'

const { server, mcpUrl, name, metadata } = createConnectionInput.shape
const person = z.string().min(1).max(200)

export const connectSessionId = z.string().regex(/^cs_[0-9A-Za-z]{22}$/, 'is not the id of a connect session')

export const createConnectSessionInput = z.strictObject({
  server,
  namespace: namespaceName,
  mcpUrl: mcpUrl.optional().describe('The server to connect: the connection is made when the person agrees.'),
  connectionId: connectionId.optional().describe('In place of mcpUrl: a connection to sign in to again.'),
  name,
  metadata,
  allowedOrigins: allowedOrigins.optional().describe('A part of the namespace’s allowedOrigins; left out, all of them.'),
  returnUrl: returnUrl.optional(),
  completion: completion.optional(),
  person: person.optional().describe('Whom you send, in words of your own; completing the session names the same.'),
  ttl: z
    .number()
    .int()
    .min(MINUTE_MS / SECOND_MS)
    .max(DAY_MS / SECOND_MS)
    .default((10 * MINUTE_MS) / SECOND_MS)
    .describe('Seconds that the link opens.'),
})
export type CreateConnectSessionInput = z.infer<typeof createConnectSessionInput>

export const completeConnectSessionInput = z.strictObject({
  code: z.string().min(1).max(200).describe('From the address that the person came back to.'),
  person: person.describe('Who came back, as your own sign-in knows them.'),
})
export type CompleteConnectSessionInput = z.infer<typeof completeConnectSessionInput>
