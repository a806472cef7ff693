// What an administrator may know of the installation: what runs, where it may go, which keys seal. No value of a secret.
import type { Config, EgressRule } from '../config/config.ts'
import type { Context } from '../context/context.ts'
import { PRODUCT } from '../lib/product.ts'
import { requirePermission } from '../policy/authorize.ts'
import { operationForbidden } from '../policy/policy-errors.ts'
import type { InstallationView } from './installation-view.ts'

export async function describeInstallation(context: Context): Promise<InstallationView> {
  const { actor, config, vault } = context
  const request = { operation: 'read', resource: 'settings', organizationId: actor.organizationId } as const
  requirePermission(actor, request, () => operationForbidden(request))
  const { keks, store } = vault.keyring
  const dataKeys = await store.list()
  const newest = Math.max(...dataKeys.map(({ createdAt }) => createdAt))
  return {
    version: PRODUCT.version,
    mode: config.laptop ? 'laptop' : 'server',
    publicUrl: config.publicUrl.origin,
    database: config.databaseUrl.startsWith('file:') ? 'file' : 'remote',
    egress: { rules: config.egressAllow.map(textOfRule), loopbackOverHttp: config.laptop },
    encryption: {
      source: keySource(config),
      keks: keks.all.map(({ id, label }) => ({
        id,
        label,
        primary: id === keks.primary.id,
        wraps: dataKeys.filter(({ kekId }) => kekId === id).length,
      })),
      dataKeys: dataKeys.length,
      lastRotatedAt: dataKeys.length > 0 ? new Date(newest).toISOString() : null,
    },
    trustedProxies: [...config.trustedProxies],
  }
}

const keySource = ({ secretsKeks, secretsKekFile }: Config): InstallationView['encryption']['source'] => {
  if (secretsKeks !== undefined) return 'environment'
  return secretsKekFile === undefined ? 'generated' : 'file'
}

const textOfRule = (rule: EgressRule): string => (rule.kind === 'cidr' ? rule.cidr : `${rule.host}:${rule.port === 'any' ? '*' : rule.port}`)
