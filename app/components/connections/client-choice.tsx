import { Field } from '../../ui/field.tsx'
import { SecretInput } from '../../ui/secret-input.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import type { Problem } from '../../lib/load-context.ts'
import { fieldError } from './field-error.ts'
import type { FormValues } from './form-values.ts'

interface ClientChoiceProps {
  values: FormValues
  problem: Problem | undefined
  /** What it is called to leave things as they are, and to give the connection a client. */
  keep: { label: string; hint: string }
  replace: string
}

/** Whether a connection asks for its tokens itself, and with which client. Which fields count is shown by CSS alone. */
export function ClientChoice({ values, problem, keep, replace }: ClientChoiceProps) {
  const choices = [
    { change: 'keep', ...keep },
    { change: 'replace', label: replace, hint: 'For servers behind OAuth that trust a machine: no person signs in (client credentials).' },
  ]
  return (
    <div className="group/client grid gap-5">
      <fieldset className="grid gap-2">
        <legend className="mb-1.5 font-medium">Sign-in</legend>
        {choices.map(({ change, label, hint }) => (
          <label key={change} className="grid min-h-6 grid-cols-[auto_minmax(0,1fr)] gap-x-2.5">
            <input type="radio" name="clientChange" value={change} defaultChecked={values.clientChange === change} className="mt-0.5 size-4 accent-accent" />
            <span>{label}</span>
            <span className="col-start-2 text-small text-muted text-pretty">{hint}</span>
          </label>
        ))}
      </fieldset>
      <div className="hidden gap-5 group-has-[input[name=clientChange][value=replace]:checked]/client:grid">
        <Field label="Client ID" error={fieldError(problem, 'oauthClient.clientId')} hint="As it is registered at the authorization server.">
          {(ids) => <TextInput {...ids} code name="clientId" autoComplete="off" maxLength={1024} defaultValue={values.clientId} />}
        </Field>
        <Field label="Client secret" error={fieldError(problem, 'oauthClient.clientSecret')} hint="Sealed when stored; nobody can read it back. Left empty where the client has a key.">
          {(ids) => <SecretInput {...ids} name="clientSecret" maxLength={4096} />}
        </Field>
        <Field label="Private key" optional error={fieldError(problem, 'oauthClient.privateKey')} hint="In place of a secret: P-256 or RSA, in PEM or as a JWK. Sealed, too.">
          {(ids) => <TextArea {...ids} code name="privateKey" rows={3} autoComplete="off" maxLength={16_384} placeholder="-----BEGIN PRIVATE KEY-----" />}
        </Field>
      </div>
    </div>
  )
}
