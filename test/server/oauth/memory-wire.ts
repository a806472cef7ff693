// The network as server/oauth sees it, from a table: what each address answers, and what it was asked.
import type { AppError } from '../../../server/lib/app-error.ts'
import type { Document, OAuthWire } from '../../../server/oauth/wire.ts'

export interface MemoryWire extends OAuthWire {
  /** Addresses, in the order in which they were asked. */
  asked: string[]
  posts: { url: string; headers: Record<string, string>; body: string }[]
}

export interface WireAnswers {
  /** By address; whatever is not there answers 404. An error is an outage. */
  documents?: Record<string, Document | Error>
  post?: () => Response | Error
}

export function createMemoryWire({ documents = {}, post = () => new Error('nothing is posted here') }: WireAnswers): MemoryWire {
  const asked: string[] = []
  const posts: MemoryWire['posts'] = []
  return {
    asked,
    posts,
    async getJson(url) {
      asked.push(url.href)
      const answer = documents[url.href] ?? { status: 404, json: undefined }
      if (answer instanceof Error) throw answer
      return answer
    },
    async post(url, { headers, body }) {
      posts.push({ url, headers, body })
      const answer = post()
      if (answer instanceof Error) throw answer
      return answer
    },
  }
}

export const jsonResponse = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })

/** What a step that has to fail fails with. */
export async function errorOf(work: Promise<unknown> | (() => unknown)): Promise<AppError> {
  try {
    await (typeof work === 'function' ? work() : work)
  } catch (error) {
    return error as AppError
  }
  throw new Error('it succeeded')
}

/** The code that it fails with, or `ok`. */
export async function codeOf(work: Promise<unknown> | (() => unknown)): Promise<string> {
  try {
    await (typeof work === 'function' ? work() : work)
    return 'ok'
  } catch (error) {
    return (error as AppError).code
  }
}
