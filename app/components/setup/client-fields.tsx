import { CopyId } from '../../ui/copy-id.tsx'
import { Field } from '../../ui/field.tsx'
import { SecretInput } from '../../ui/secret-input.tsx'
import { TextInput } from '../../ui/text-input.tsx'

interface ClientFieldsProps {
  issuer: string
  redirectUri: string
  clientId: string | undefined
  beside(field: string): string | undefined
}

/** For an authorization server that registers nobody by itself: what to enter there, and what it gives in return. */
export function ClientFields({ issuer, redirectUri, clientId, beside }: ClientFieldsProps) {
  return (
    <fieldset className="grid min-w-0 gap-4">
      <legend className="sr-only">OAuth client</legend>
      <p className="text-pretty">{`${issuer} does not register apps by itself. Create an OAuth client there, allow this redirect URI, and enter what you get.`}</p>
      <div className="grid min-w-0 gap-1.5">
        <p className="font-medium">Redirect URI</p>
        <div className="min-w-0 rounded-md border border-line bg-sunken px-3 py-1.5">
          <CopyId value={redirectUri} label="redirect URI" className="w-full justify-between" />
        </div>
      </div>
      <Field label="Client ID" error={beside('clientId')}>
        {(ids) => <TextInput {...ids} code name="clientId" autoComplete="off" maxLength={1024} defaultValue={clientId} required />}
      </Field>
      <Field label="Client secret" optional error={beside('clientSecret')} hint="Sealed when stored, and only ever shown to this server. A public client has none.">
        {(ids) => <SecretInput {...ids} name="clientSecret" maxLength={4096} />}
      </Field>
    </fieldset>
  )
}
