import { Card } from '../../ui/card.tsx'
import { CopyId } from '../../ui/copy-id.tsx'
import { FactList, Where } from './fact-list.tsx'

export interface InstallationCardProps {
  installation: {
    version: string
    mode: 'laptop' | 'server'
    publicUrl: string
    database: 'file' | 'remote'
    trustedProxies: readonly string[]
  }
}

const MODES = {
  laptop: 'Laptop: everything is on loopback, and upstreams on this machine are reachable.',
  server: 'Server: it wants https and a real encryption key, and reaches public upstreams only, unless told otherwise.',
}

const DATABASES = {
  file: 'A local file, for one process.',
  remote: 'A libSQL server, which several processes can share.',
}

export function InstallationCard({ installation }: InstallationCardProps) {
  const { version, mode, publicUrl, database, trustedProxies } = installation
  return (
    <Card title="Installation">
      <FactList
        facts={[
          { name: 'Version', value: version },
          {
            name: 'Mode',
            value: MODES[mode],
            changedBy: (
              <>
                <Where>PUBLIC_URL</Where> and <Where>HOST</Where>
              </>
            ),
          },
          { name: 'Public URL', value: <CopyId value={publicUrl} label="the public URL" />, changedBy: <Where>PUBLIC_URL</Where> },
          { name: 'Database', value: DATABASES[database], changedBy: <Where>DATABASE_URL</Where> },
          {
            name: 'Trusted proxies',
            value: trustedProxies.length === 0 ? 'None: an address is that of the socket.' : <AddressList addresses={trustedProxies} />,
            changedBy: <Where>TRUSTED_PROXIES</Where>,
          },
        ]}
      />
    </Card>
  )
}

const AddressList = ({ addresses }: { addresses: readonly string[] }) => (
  <ul>
    {addresses.map((address) => (
      <li key={address}>
        <Where>{address}</Where>
      </li>
    ))}
  </ul>
)
