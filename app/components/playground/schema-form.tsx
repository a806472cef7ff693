// A form from a tool's schema. The library knows what a schema means for a form; how it looks is ours.
// Not from the package's root, which also brings a validator that compiles schemas to code.
import Form from '@rjsf/core/lib/components/Form.js'
import type { RJSFSchema } from '@rjsf/utils'
import { useMemo } from 'react'
import { layOutForm } from '../../lib/form-layout.ts'
import { isObject } from '../../lib/is-object.ts'
import { formValidator } from '../../lib/json-schema-validator.ts'
import { FieldTemplate } from './form-field-template.tsx'
import { ArrayFieldItemTemplate, ArrayFieldTemplate, MultiSchemaFieldTemplate, ObjectFieldTemplate } from './form-group-templates.tsx'
import { CheckboxesWidget, SelectWidget, TextWidget } from './form-widgets.tsx'
import { JsonField } from './json-field.tsx'

const templates = { FieldTemplate, ObjectFieldTemplate, ArrayFieldTemplate, ArrayFieldItemTemplate, MultiSchemaFieldTemplate }
const widgets = { TextWidget, SelectWidget, CheckboxesWidget }
const fields = { json: JsonField }

interface SchemaFormProps {
  id: string
  /** From `unfoldSchema`. */
  schema: RJSFSchema
  value: Record<string, unknown>
  onChange: (value: Record<string, unknown>) => void
  /** With values that the schema allows. */
  onSubmit: (value: Record<string, unknown>) => void
}

const objectOf = (value: unknown) => (isObject(value) ? value : {})

export function SchemaForm({ id, schema, value, onChange, onSubmit }: SchemaFormProps) {
  const uiSchema = useMemo(() => layOutForm(schema), [schema])
  return (
    <Form
      id={id}
      idPrefix={id}
      schema={schema}
      uiSchema={uiSchema}
      validator={formValidator}
      templates={templates}
      widgets={widgets}
      fields={fields}
      formData={value}
      showErrorList={false}
      noHtml5Validate
      focusOnFirstError
      // The fields say it; without this the library prints it too.
      onError={() => {}}
      // An object that nothing was typed into is not sent.
      experimental_defaultFormStateBehavior={{ emptyObjectFields: 'skipEmptyDefaults', arrayMinItems: { populate: 'requiredOnly' } }}
      onChange={({ formData }) => onChange(objectOf(formData))}
      onSubmit={({ formData }) => onSubmit(objectOf(formData))}
    />
  )
}
