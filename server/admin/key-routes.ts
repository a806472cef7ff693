// The maintenance commands for keys, the same whether a running server or the script itself runs them.
import { readKeyStatus } from '../vault/key-status.ts'
import { retireDataKeys, retireKek } from '../vault/retire-keys.ts'
import { rewrapRows } from '../vault/rewrap-rows.ts'
import { rotateKeys } from '../vault/rotate-keys.ts'
import type { SealedRows } from '../vault/sealed-rows.ts'
import type { Vault } from '../vault/vault.ts'
import type { AdminRoutes } from './admin-socket.ts'

export const keyCommands = ['status', 'rotate', 'rewrap', 'retire'] as const
export type KeyCommand = (typeof keyCommands)[number]

/** `tables`: every table that holds a sealed value; one left out would lose its rows when keys are retired. */
export const keyRoutes = (vault: Vault, tables: readonly SealedRows[]) =>
  ({
    'keys-status': () => readKeyStatus(vault, tables),
    'keys-rotate': () => rotateKeys(vault),
    'keys-rewrap': () => rewrapRows(vault, tables),
    'keys-retire': (kekId?: string) => (kekId === undefined ? retireDataKeys(vault, tables) : retireKek(vault, kekId)),
  }) satisfies AdminRoutes & Record<`keys-${KeyCommand}`, unknown>
