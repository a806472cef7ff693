// The secrets of an endpoint: made here, shown once, sealed together with the address that they are for. After a rotation
// the older ones sign along for a day, so that a receiver can change over when it likes.
import { randomBytes } from 'node:crypto'
import type { WebhookEndpointRow } from '../../db/schema/webhook-endpoint.ts'
import type { House } from '../context/context.ts'
import { isAppError } from '../lib/app-error.ts'
import { DAY_MS } from '../lib/units.ts'
import type { Vault } from '../vault/vault.ts'
import { webhookSecretPlace } from '../vault/webhook-place.ts'
import { secretDestinationMismatch } from './webhook-errors.ts'

export const OVERLAP_MS = DAY_MS
/** Whoever rotates more often than that within a day is in a hurry to lose the old ones. */
const MAX_SECRETS = 3

export interface SigningSecret {
  secret: string
  /** Signs until then; without end if there is none. */
  until?: number
}

interface SealedSecrets {
  url: string
  /** The newest first. */
  secrets: SigningSecret[]
}

type Endpoint = Pick<WebhookEndpointRow, 'id' | 'organizationId' | 'url'>

/** Standard Webhooks, "Symmetric signatures": 24 to 64 random bytes, `whsec_` and base64. */
export const newSigningSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`

export function sealSecrets(vault: Vault, { url, ...row }: Endpoint, generation: number, secrets: readonly SigningSecret[]): string {
  return vault.seal(webhookSecretPlace({ ...row, generation }), JSON.stringify({ url, secrets }))
}

/** Those that still sign. @throws webhook.secret_destination_mismatch, vault.* */
export async function openSecrets(house: House, row: Endpoint & Pick<WebhookEndpointRow, 'secretSealed' | 'secretGeneration'>): Promise<SigningSecret[]> {
  const opened = JSON.parse(await open(house, row)) as SealedSecrets
  if (opened.url !== row.url) throw secretDestinationMismatch()
  const nowMs = house.now()
  return opened.secrets.filter(({ until = Infinity }) => nowMs < until)
}

async function open(house: House, row: Parameters<typeof openSecrets>[1]): Promise<string> {
  const place = webhookSecretPlace({ ...row, generation: row.secretGeneration })
  try {
    return house.vault.open(place, row.secretSealed)
  } catch (error) {
    // Sealed under a data key that another process made meanwhile.
    if (!isAppError(error) || error.code !== 'vault.data_key_unknown') throw error
    await house.vault.refresh()
    return house.vault.open(place, row.secretSealed)
  }
}

/** A new one in front; those before it end a day from now, or when they were to end. */
export const rotateSecrets = (secrets: readonly SigningSecret[], secret: string, nowMs: number): SigningSecret[] =>
  [{ secret }, ...secrets.map((each) => ({ ...each, until: each.until ?? nowMs + OVERLAP_MS }))].slice(0, MAX_SECRETS)
