// Client ID Metadata Documents: our client id is the address of this document. It is the same for everybody who asks, and
// made from the address alone.
import type { House } from '../../context/context.ts'
import { clientMetadataDocument } from '../../oauth/registration/client-metadata.ts'

const FILE = /^([A-Za-z0-9_-]{32})\.json$/

/** `undefined` for a name that we would not give a document. */
export function clientDocument(house: House, file: string): Record<string, unknown> | undefined {
  const name = FILE.exec(file)?.[1]
  if (name === undefined) return undefined
  const { origin } = house.config.publicUrl
  return clientMetadataDocument(`${origin}/oauth/client-metadata/${file}`, {
    clientName: 'Plugboard',
    clientUri: origin,
    redirectUri: `${origin}/oauth/callback/${name}`,
  })
}
