// What is wrong with a connection and what helps, in words.
import type { PageContext } from './load-context.ts'

type Connection = Awaited<ReturnType<PageContext['api']['connections']['get']>>

export type TroubledConnection = Pick<Connection, 'connectionId' | 'name' | 'status'>

export interface Attention {
  happened: string
  step: { label: string; where: 'edit' | 'connection' }
}

const inWords = (names: readonly string[]) => (names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`)

export function describeAttention(status: Connection['status']): Attention {
  switch (status.state) {
    case 'error':
      return { happened: status.message, step: { label: 'See details', where: 'connection' } }
    case 'auth_required':
      if (status.reason !== undefined) return { happened: status.reason, step: { label: 'See details', where: 'connection' } }
      return { happened: 'The server refuses to answer without a credential.', step: { label: 'Add a credential', where: 'edit' } }
    case 'input_required': {
      const { headers, query } = status.missing
      const parts = [
        ...(headers.length > 0 ? [`the ${headers.length === 1 ? 'header' : 'headers'} ${inWords(headers)}`] : []),
        ...(query.length > 0 ? [`the query ${query.length === 1 ? 'value' : 'values'} ${inWords(query)}`] : []),
      ]
      return { happened: `It needs ${parts.join(' and ') || 'a value'}.`, step: { label: 'Add what is missing', where: 'edit' } }
    }
    default:
      return { happened: 'It answers.', step: { label: 'See details', where: 'connection' } }
  }
}
