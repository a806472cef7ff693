// The code with which the operator, and nobody else who can reach the address, makes the first owner. It exists while
// there is no member, in the log's reach and in DATA_DIR.
import { timingSafeEqual } from 'node:crypto'
import { join } from 'node:path'
import type { Database } from '../../db/database.ts'
import { hasMembers } from '../../db/queries/members.ts'
import type { Config } from '../config/config.ts'
import { randomBase62 } from '../lib/ids.ts'
import { Secret } from '../lib/secret.ts'
import { digestOfToken } from '../identity/secret-token.ts'
import { readSmallFile, removeSmallFile, writeSmallFile } from './small-file.ts'

export interface SetupCode {
  code: Secret
  file: string
  matches(text: string): boolean
  discard(): void
}

/** Undefined once there is a member. The same code as before a restart: somebody may be holding it. */
export async function prepareSetupCode(config: Pick<Config, 'dataDir'>, db: Database): Promise<SetupCode | undefined> {
  const file = join(config.dataDir, 'setup-code')
  if (await hasMembers(db)) {
    removeSmallFile(file)
    return undefined
  }
  const stored = readSmallFile(file)
  const code = stored || randomBase62(24)
  if (!stored) writeSmallFile(file, code)
  const digest = Buffer.from(digestOfToken(code))
  return {
    code: new Secret(code),
    file,
    // Digests are of one length, as timingSafeEqual wants them.
    matches: (text) => timingSafeEqual(Buffer.from(digestOfToken(text.trim())), digest),
    discard: () => removeSmallFile(file),
  }
}
