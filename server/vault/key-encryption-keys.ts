// The keys that wrap every other key: where they come from, and which ones we refuse. They never
// reach the database; what is written beside wrapped keys is an id derived from the key.
import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto'
import { join } from 'node:path'
import type { Config } from '../config/config.ts'
import { createKekFile, readKekFile } from './kek-file.ts'
import { GENERATED_LABEL, parseKekList, type NamedBytes } from './kek-list.ts'
import { deriveBytes } from './key-labels.ts'
import { kekRefused } from './vault-errors.ts'

export interface Kek {
  /** Derived from the key: the same key has the same id under any label. */
  id: string
  /** What the operator calls it. */
  label: string
  wrappingKey: KeyObject
}

export interface KeyEncryptionKeys {
  /** Wraps whatever is wrapped from now on. */
  primary: Kek
  all: readonly Kek[]
  /** Set if the primary was just generated and lies nowhere yet: called before the first row depends on it, never over existing data. */
  saveGenerated?: () => Promise<void>
}

type KekConfig = Pick<Config, 'secretsKekFile' | 'secretsKeks' | 'allowGeneratedKek' | 'laptop' | 'dataDir'>

/** @throws vault.kek_missing, kek_ambiguous, kek_malformed, kek_weak, kek_duplicate, kek_readable, kek_unreadable, kek_generated */
export async function loadKeyEncryptionKeys(config: KekConfig): Promise<KeyEncryptionKeys> {
  const configured = await readConfigured(config)
  const mayGenerate = config.laptop || config.allowGeneratedKek
  if (configured) {
    if (!mayGenerate && configured.some(({ label }) => label === GENERATED_LABEL)) throw generatedOnServer()
    return keyRing(configured)
  }
  if (!mayGenerate) throw noKey()
  const bytes = randomBytes(32)
  return { ...keyRing([{ label: GENERATED_LABEL, bytes }]), saveGenerated: () => createKekFile(generatedPath(config), bytes) }
}

async function readConfigured(config: KekConfig): Promise<NamedBytes[] | undefined> {
  if (config.secretsKekFile !== undefined && config.secretsKeks !== undefined)
    throw kekRefused('ambiguous', 'SECRETS_KEK_FILE and SECRETS_KEKS are both set. Keep one, so that it is clear which key is the first.')
  if (config.secretsKeks !== undefined) return parseKekList(config.secretsKeks.reveal(), 'SECRETS_KEKS')
  if (config.secretsKekFile === undefined) {
    const generated = await readKekFile(generatedPath(config))
    return generated === undefined ? undefined : parseKekList(generated, generatedPath(config))
  }
  const text = await readKekFile(config.secretsKekFile)
  if (text === undefined) throw kekRefused('missing', `SECRETS_KEK_FILE names ${config.secretsKekFile}, which does not exist.`)
  return parseKekList(text, config.secretsKekFile)
}

const generatedPath = (config: KekConfig) => join(config.dataDir, 'kek')

/** Builds the ring from raw keys, the first is primary. */
export function keyRing(keys: readonly NamedBytes[]): KeyEncryptionKeys {
  const all = keys.map(({ label, bytes }) => ({
    id: deriveBytes(bytes, 'kek-id', 9).toString('base64url'),
    label,
    wrappingKey: createSecretKey(deriveBytes(bytes, 'kek-wrap')),
  }))
  const [primary] = all
  if (!primary) throw noKey()
  if (new Set(all.map((kek) => kek.id)).size < all.length) throw kekRefused('duplicate', 'The same encryption key is configured twice.')
  return { primary, all }
}

const HOW_TO_MAKE = 'Make one with: (umask 077; openssl rand -base64 32 > kek) and name the file in SECRETS_KEK_FILE; keep a copy apart from the database.'

const noKey = () => kekRefused('missing', `A server needs an encryption key for the credentials it stores. ${HOW_TO_MAKE}`)

const generatedOnServer = () =>
  kekRefused(
    'generated',
    `The encryption key was generated on a laptop for development. ${HOW_TO_MAKE} To go on with the generated key, set ALLOW_GENERATED_KEK=1.`,
  )
