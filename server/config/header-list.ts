// OTEL_EXPORTER_OTLP_HEADERS: `name=value,name=value`, values percent-encoded (OpenTelemetry Protocol Exporter §headers).

/** Undefined for what is no such list. */
export function parseHeaderList(text: string): Record<string, string> | undefined {
  const headers: Record<string, string> = {}
  for (const entry of text.split(',').map((each) => each.trim()).filter(Boolean)) {
    const at = entry.indexOf('=')
    const name = entry.slice(0, Math.max(at, 0)).trim().toLowerCase()
    const value = decode(entry.slice(at + 1).trim())
    if (!/^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(name) || value === undefined || !/^[\x20-\x7e]*$/.test(value)) return undefined
    headers[name] = value
  }
  return headers
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
