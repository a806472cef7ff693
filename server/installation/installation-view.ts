export interface InstallationView {
  version: string
  mode: 'laptop' | 'server'
  publicUrl: string
  database: 'file' | 'remote'
  egress: {
    /** EGRESS_ALLOW, as it is written there. */
    rules: string[]
    loopbackOverHttp: boolean
  }
  encryption: {
    source: 'file' | 'environment' | 'generated'
    /** `wraps` data keys each; the primary one wraps what is made from now on. */
    keks: { id: string; label: string; primary: boolean; wraps: number }[]
    dataKeys: number
    /** When the youngest data key was made. */
    lastRotatedAt: string | null
  }
  trustedProxies: string[]
}
