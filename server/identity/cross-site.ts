// Whether a request that carries a cookie was made by a page of ours. A browser adds the cookie whoever made the page;
// it also says who that was (Fetch Metadata §2.4, Fetch §3.2), and no page can change that.
import type { Config } from '../config/config.ts'
import { isLoopbackHost } from '../config/loopback.ts'

export interface RequestSource {
  method: string
  /** Sec-Fetch-Site. */
  fetchSite: string | null | undefined
  origin: string | null | undefined
}

type OriginConfig = Pick<Config, 'publicUrl' | 'laptop'>

export const isReading = (method: string): boolean => method === 'GET' || method === 'HEAD'

/** What changes something must be known to be ours; what reads must not be known to be another's. */
export function isFromOurPages(config: OriginConfig, { method, fetchSite, origin }: RequestSource): boolean {
  const foreignOrigin = typeof origin === 'string' && !isOwnOrigin(config, origin)
  if (isReading(method)) return fetchSite !== 'cross-site' && fetchSite !== 'same-site' && !foreignOrigin
  if (typeof fetchSite === 'string') return fetchSite === 'same-origin'
  return typeof origin === 'string' && !foreignOrigin
}

/** On a laptop our listener answers under each of its names, but on its own port only. */
function isOwnOrigin({ publicUrl, laptop }: OriginConfig, origin: string): boolean {
  if (origin === publicUrl.origin) return true
  if (!laptop || !URL.canParse(origin)) return false
  const { protocol, hostname, port } = new URL(origin)
  return protocol === publicUrl.protocol && port === publicUrl.port && isLoopbackHost(hostname)
}
