// One developer's machine, or a server? Decided by addresses alone, so that nobody deploys a laptop by
// forgetting a variable: a listener or a public name that others can reach makes it a server.
import type { ConfigProblem } from './config-error.ts'
import { isLoopbackHost } from './loopback.ts'
import type { Values } from './schema.ts'

export const isLaptop = (publicUrl: URL, host: string): boolean => isLoopbackHost(publicUrl.hostname) && isLoopbackHost(host)

/** What of `values` a server must not start with. */
export function findServerProblems(values: Values, publicUrl: URL): ConfigProblem[] {
  const problems: ConfigProblem[] = []
  const because = isLoopbackHost(values.HOST) ? `PUBLIC_URL is ${publicUrl.origin}` : `HOST is ${values.HOST}`
  if (publicUrl.protocol !== 'https:' && !values.ALLOW_HTTP) {
    const problem = `must be https, because ${because}, which others can reach; ALLOW_HTTP=1 if a private network carries it`
    problems.push({ name: 'PUBLIC_URL', problem })
  }
  if (values.SECRETS_KEK_FILE === undefined && values.SECRETS_KEKS === undefined && !values.ALLOW_GENERATED_KEK) {
    const problem = `a server (${because}) needs an encryption key: openssl rand -base64 32 > kek && chmod 600 kek; or set SECRETS_KEKS`
    problems.push({ name: 'SECRETS_KEK_FILE', problem })
  }
  if (values.EGRESS_HOSTS.length > 0) problems.push({ name: 'EGRESS_HOSTS', problem: `is for tests on a laptop, and this is a server (${because})` })
  return problems
}
