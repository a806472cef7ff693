// The questions that adding and editing have in common.
import type { ComponentProps, ReactNode } from 'react'
import type { Problem } from '../../lib/load-context.ts'
import { Field } from '../../ui/field.tsx'
import { KeyValueRows } from '../../ui/key-value-rows.tsx'
import { Select } from '../../ui/select.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { fieldError } from './field-error.ts'
import type { FormValues } from './form-values.ts'

interface FieldsProps {
  values: FormValues
  problem: Problem | undefined
}

interface RowsProps extends Omit<ComponentProps<typeof KeyValueRows>, 'fieldPrefix'> {
  field: 'headers' | 'metadata'
  hint: string
  problem: Problem | undefined
}

export function UrlField({ values, problem }: FieldsProps) {
  return (
    <Field
      label="Server URL"
      error={fieldError(problem, 'mcpUrl')}
      hint="The address of the MCP endpoint. Values in the query, such as ?apiKey=…, are kept sealed and never shown again."
    >
      {(ids) => (
        <TextInput
          {...ids}
          code
          name="mcpUrl"
          type="url"
          inputMode="url"
          required
          autoComplete="off"
          maxLength={2048}
          placeholder="https://mcp.example.com/mcp"
          defaultValue={values.mcpUrl}
        />
      )}
    </Field>
  )
}

/** Rows with what they are for, and what is wrong with them, below. */
function Rows({ field, hint, problem, ...rows }: RowsProps) {
  const error = fieldError(problem, field)
  return (
    <div className="grid min-w-0 gap-1.5">
      <KeyValueRows {...rows} fieldPrefix={field} />
      {error !== undefined && (
        <p role="alert" className="text-small text-bad-ink wrap-anywhere">
          {error}
        </p>
      )}
      <p className="text-small text-muted text-pretty">{hint}</p>
    </div>
  )
}

export function HeaderRows({ values, problem }: FieldsProps) {
  return (
    <Rows
      legend="Headers"
      field="headers"
      hint="Sent to the server with every request. Values are sealed when stored; nobody can read them back."
      namePlaceholder="Authorization"
      valuePlaceholder="Bearer …"
      secret
      initial={values.headerNames.map((name) => ({ name, value: '' }))}
      problem={problem}
    />
  )
}

/** `children` stands after the name: an id, where one can be chosen. */
export function FilingFields({ values, problem, children }: FieldsProps & { children?: ReactNode }) {
  return (
    <>
      <Field label="Name" optional error={fieldError(problem, 'name')} hint="For people. Without one, the id is shown.">
        {(ids) => (
          <TextInput {...ids} name="name" maxLength={255} autoComplete="off" placeholder="GitHub of Ada" defaultValue={values.name} />
        )}
      </Field>
      {children}
      <Rows
        legend="Metadata"
        field="metadata"
        hint="Labels to find it by, such as userId. A list or an object is written as JSON."
        namePlaceholder="userId"
        valuePlaceholder="123"
        initial={values.metadata}
        problem={problem}
      />
      <Field label="Upstream sessions" hint="One per caller suits servers that keep state in a session, such as a browser.">
        {(ids) => (
          <Select {...ids} name="sessions" defaultValue={values.sessions}>
            <option value="shared">Shared by all callers</option>
            <option value="per-actor">One per caller</option>
          </Select>
        )}
      </Field>
    </>
  )
}
