// What this door takes over HTTP: JSON and nothing else, up to a size.
import { isJsonContentType, MAX_BODY_BYTES, bodyTooLarge, readLimitedText, unsupportedMediaType } from '../lib/json-body.ts'

/** The request, safe to read whole. A form could be posted by any page; JSON needs the browser's leave (Fetch, CORS-safelisted). */
export async function limitRequest(request: Request): Promise<Request> {
  if (request.method === 'GET' || request.method === 'HEAD') return request
  if (!isJsonContentType(request.headers.get('content-type'))) throw unsupportedMediaType()
  const declared = request.headers.get('content-length')
  if (declared !== null && Number(declared) > MAX_BODY_BYTES) throw bodyTooLarge()
  if (declared !== null) return request
  const { method, headers, signal } = request
  return new Request(request.url, { method, headers, signal, body: await readLimitedText(request) })
}
