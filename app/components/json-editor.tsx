import { useEffect, useId, useRef, useState } from 'react'
import { TextArea } from '../ui/text-area.tsx'
import type { MountedJsonEditor } from './json-editor-view.ts'

interface JsonEditorProps {
  label: string
  value: string
  onChange: (text: string) => void
  /** Ctrl or Cmd and Enter. */
  onSubmit?: () => void
  /** A sentence; the field is marked as wrong. */
  error?: string | undefined
  /** Its name in a form, as long as it is a plain text area. */
  name?: string
}

/** A text area that becomes an editor once the editor has arrived, in the same place and size. */
export function JsonEditor({ label, value, onChange, onSubmit, error, name }: JsonEditorProps) {
  const id = useId()
  const place = useRef<HTMLDivElement>(null)
  const editor = useRef<MountedJsonEditor>()
  const [isMounted, setMounted] = useState(false)
  // The editor outlives a render: it asks for what is current.
  const current = useRef({ value, onChange, onSubmit })
  useEffect(() => {
    current.current = { value, onChange, onSubmit }
  })

  useEffect(() => {
    let isLeft = false
    const mount = async () => {
      const { mountJsonEditor } = await import('./json-editor-view.ts')
      if (isLeft || !place.current) return
      editor.current = mountJsonEditor(place.current, {
        text: current.current.value,
        attributes: { 'aria-labelledby': `${id}-label`, 'aria-describedby': `${id}-notes`, 'aria-multiline': 'true', 'role': 'textbox' },
        onChange: (text) => current.current.onChange(text),
        onSubmit: () => current.current.onSubmit?.(),
      })
      setMounted(true)
    }
    // Without the editor there is still the text area.
    mount().catch(() => {})
    return () => {
      isLeft = true
      editor.current?.close()
      editor.current = undefined
    }
  }, [id])

  useEffect(() => editor.current?.setText(value), [value])

  return (
    <div className="grid min-w-0 gap-1.5">
      <label id={`${id}-label`} htmlFor={isMounted ? undefined : id} className="font-medium">
        {label}
      </label>
      {!isMounted && (
        <TextArea
          code
          id={id}
          name={name}
          value={value}
          aria-describedby={`${id}-notes`}
          className="min-h-34 field-sizing-content max-h-96"
          onChange={({ target }) => onChange(target.value)}
        />
      )}
      <div
        ref={place}
        hidden={!isMounted}
        data-invalid={error !== undefined || undefined}
        className="min-w-0 overflow-hidden rounded-sm border border-field bg-surface focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-focus data-invalid:border-bad"
      />
      <div id={`${id}-notes`} className="min-h-5 text-small">
        <span aria-live="polite" className="text-bad-ink wrap-anywhere">
          {error}
        </span>
        {error === undefined && <span className="text-muted max-sm:hidden">Tab indents; press Esc, then Tab, to leave.</span>}
      </div>
    </div>
  )
}
