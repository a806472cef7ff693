// CodeMirror for JSON, in a chunk of its own: most pages never load it. Colours are the page's tokens, so it follows the theme.
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { json, jsonParseLinter } from '@codemirror/lang-json'
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language'
import { linter } from '@codemirror/lint'
import { EditorState, Prec } from '@codemirror/state'
import { drawSelection, EditorView, keymap } from '@codemirror/view'
import { tags } from '@lezer/highlight'

const highlighting = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--color-accent-ink)' },
  { tag: tags.string, color: 'var(--color-good-ink)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--color-warn-ink)' },
  { tag: [tags.punctuation, tags.separator, tags.bracket], color: 'var(--color-muted)' },
])

const theme = EditorView.theme({
  '&': { color: 'var(--color-ink)', backgroundColor: 'transparent', fontSize: 'var(--text-code)', maxHeight: '24rem' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: 'var(--text-code--line-height)', minHeight: '8rem' },
  '.cm-content': { padding: '7px 0', caretColor: 'var(--color-ink)' },
  '.cm-line': { padding: '0 10px' },
  '.cm-cursor': { borderLeftColor: 'var(--color-ink)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--color-accent-soft)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--color-accent-soft)', outline: 'none' },
  '.cm-tooltip': { backgroundColor: 'var(--color-raised)', color: 'var(--color-ink)', border: '1px solid var(--color-line)', borderRadius: 'var(--radius-sm)' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--color-bad)' },
})

export interface JsonEditorSetup {
  text: string
  attributes: Record<string, string>
  onChange: (text: string) => void
  /** Ctrl or Cmd and Enter. */
  onSubmit: () => void
}

export interface MountedJsonEditor {
  setText(text: string): void
  close(): void
}

export function mountJsonEditor(parent: HTMLElement, { text, attributes, onChange, onSubmit }: JsonEditorSetup): MountedJsonEditor {
  const submit = () => {
    onSubmit()
    return true
  }
  const state = EditorState.create({
    doc: text,
    extensions: [
      Prec.highest(keymap.of([{ key: 'Mod-Enter', run: submit }])),
      history(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      json(),
      linter(jsonParseLinter()),
      syntaxHighlighting(highlighting),
      theme,
      EditorView.lineWrapping,
      EditorView.contentAttributes.of(attributes),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) onChange(update.state.doc.toString())
      }),
      // Tab indents; after Esc it leaves the editor, which CodeMirror sees to itself (WCAG 2.2 §2.1.2).
      keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
    ],
  })
  const view = new EditorView({ state, parent })
  return {
    setText(next) {
      const { doc } = view.state
      if (next !== doc.toString()) view.dispatch({ changes: { from: 0, to: doc.length, insert: next } })
    },
    close: () => view.destroy(),
  }
}
