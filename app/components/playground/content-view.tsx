// One item of a tool's result. Nothing in it runs, loads or links without its address being read first.
import type { ReactNode } from 'react'
import { formatNumber } from '../../lib/format-number.ts'
import type { ContentItem } from '../../lib/tool-result.ts'
import { webLink } from '../../lib/web-link.ts'
import { ClippedText } from './clipped-text.tsx'

export function ContentView({ item, number }: { item: ContentItem; number: number }) {
  const fileName = `result-${number}.txt`
  switch (item.kind) {
    case 'text':
      return item.text === '' ? <p className="text-muted">An empty text.</p> : <ClippedText label="Text" text={item.text} fileName={fileName} isProse />
    case 'image':
      return (
        <Labelled label={`${item.mimeType}, ${formatNumber(item.bytes)} bytes`}>
          <img src={item.url} alt={`Part ${number} of the result, as the tool made it`} className="max-h-128 max-w-full bg-[repeating-conic-gradient(var(--color-sunken)_0_25%,transparent_0_50%)] bg-size-[1rem_1rem]" />
        </Labelled>
      )
    case 'audio':
      return (
        <Labelled label={`${item.mimeType}, ${formatNumber(item.bytes)} bytes`}>
          {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- a tool's sound comes without words */}
          <audio controls src={item.url} aria-label={`Part ${number} of the result`} className="w-full max-w-112" />
        </Labelled>
      )
    case 'link':
      return (
        <Labelled label={['Link to a resource', item.mimeType].filter(Boolean).join(', ')}>
          {item.name && <p className="font-medium wrap-anywhere">{item.name}</p>}
          {item.description && <p className="text-muted wrap-anywhere">{item.description}</p>}
          <Address uri={item.uri} />
        </Labelled>
      )
    case 'resource':
      return (
        <Labelled label={['Resource', item.mimeType].filter(Boolean).join(', ')}>
          <Address uri={item.uri} />
          <ContentView item={item.inside} number={number} />
        </Labelled>
      )
    case 'unshown':
      return (
        <Labelled label={item.what}>
          {item.text === undefined ? <p className="text-muted">Not shown. The messages have it as it came.</p> : <ClippedText label="As text" text={item.text} fileName={fileName} />}
        </Labelled>
      )
  }
}

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <figure className="min-w-0 overflow-hidden rounded-lg border border-line">
      <figcaption className="flex min-h-9 items-center border-b border-line bg-sunken px-3 text-small text-muted wrap-anywhere">{label}</figcaption>
      <div className="grid min-w-0 justify-items-start gap-2 p-3 *:max-w-full">{children}</div>
    </figure>
  )
}

/** The whole address is what is read, so nobody is sent where they did not see. */
function Address({ uri }: { uri: string }) {
  const href = webLink(uri)
  if (href === undefined) return <code className="font-mono text-code wrap-anywhere">{uri}</code>
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" className="link font-mono text-code wrap-anywhere">
      {href}
    </a>
  )
}
