// From an installation that nobody has signed in to, to one with an owner. Whoever can read the operator's log or
// files has the code for it.
import { z } from 'zod'
import { insertFirstOwner } from '../../db/queries/first-owner.ts'
import { listConnectionsIn } from '../../db/queries/namespaces.ts'
import { hasMembers } from '../../db/queries/members.ts'
import type { House } from '../context/context.ts'
import { newId } from '../lib/ids.ts'
import { namespaceName } from '../namespaces/namespace-name.ts'
import { namespaceTaken } from '../namespaces/namespaces.ts'
import { keyRow } from './api-keys.ts'
import { beginAttempt } from './attempts.ts'
import type { Browser } from './browser.ts'
import { ownerExists, wrongSetupCode } from './identity-errors.ts'
import { generateKey } from './key-format.ts'
import { hashPassword } from './password-hash.ts'
import { newPassword, requireUncommonPassword } from './password-rules.ts'
import { emailAddress, organizationName, personName, readPersonInput } from './person-input.ts'
import { memberSource, startSession } from './sessions.ts'

/** What the first start made, and the first owner takes over. */
export interface FirstThings {
  organizationId: string
  namespace: string
  /** Compared in constant time. */
  isSetupCode(text: string): boolean
}

const newOwner = z.strictObject({
  organization: organizationName,
  namespace: namespaceName,
  name: personName,
  email: emailAddress,
  password: newPassword,
})

export type NewOwnerInput = z.input<typeof newOwner> & { setupCode: string }

export interface CreatedOwner {
  setCookie: string
  namespace: string
  key: string
}

export const needsOwner = async (house: House): Promise<boolean> => !(await hasMembers(house.db))

/** @throws identity.setup_code, identity.owner_exists, identity.too_many_attempts, input.invalid, namespace.taken */
export async function createOwner(house: House, browser: Browser, first: FirstThings, input: NewOwnerInput): Promise<CreatedOwner> {
  const { setupCode, ...rest } = input
  const attempt = beginAttempt(house, browser)
  // Before the code: it is void with the first member, and nobody needs to hear more of it.
  if (!(await needsOwner(house))) throw ownerExists()
  if (!first.isSetupCode(setupCode)) throw wrongSetupCode()
  attempt.succeeded()
  const { organization, namespace, name, email, password } = readPersonInput(newOwner, rest)
  requireUncommonPassword('password', password, { email, names: [name, organization] })
  const { organizationId } = first
  const from = first.namespace
  const createdAt = house.now()
  const key = generateKey()
  const passwordHash = await hashPassword(password)
  const connections = await listConnectionsIn(house.db, { name: from, organizationId })
  const id = newId('mem')
  const apiKey = keyRow({ key, name: 'First key', organizationId, isRoot: false, createdAt, expiresAt: null })
  const made = await insertFirstOwner(house.db, {
    member: { id, organizationId, email, name, role: 'owner', passwordHash, createdAt, lastSignedInAt: createdAt },
    organizationName: organization,
    apiKey,
    namespace: { from, to: namespace },
  })
  if (!made) throw (await needsOwner(house)) ? namespaceTaken(namespace) : ownerExists()
  if (namespace !== from) {
    house.caches.connections.forgetWhere(({ row }) => row.namespace === from)
    for (const { uid, connectionId } of connections) {
      house.statusFeed.publish({ organizationId, namespace: from, connectionId, connectionUid: uid, state: 'deleted' })
    }
  }
  await house.audit.write(memberSource({ id, organizationId }, browser), { action: 'installation.setup', target: { kind: 'member', id }, namespace, details: { name: organization } })
  await house.audit.write(memberSource({ id, organizationId }, browser), { action: 'key.create', target: { kind: 'api_key', id: apiKey.id }, details: { name: apiKey.name } })
  return { setCookie: await startSession(house, { id, organizationId }, browser), namespace, key }
}
