// `_meta` of a request that goes on: members taken out, ours put in front, and everything else as it was sent.
import type { MessageOffsets } from './json-scanner.ts'
import { insertAt, replaceAt, type Edit } from './splice.ts'

export interface MetaChange {
  /** JSON text of members, separated by commas. */
  add: string
  drops(key: string): boolean
  /** JSON text that takes the place of the caller's own, if it sent one. */
  progressToken?: string | undefined
}

export function editMeta(bytes: Buffer, offsets: MessageOffsets, { add, drops, progressToken }: MetaChange): Edit {
  if (!offsets.meta) return insertMeta(offsets, `"_meta":{${add}}`)
  const kept = offsets.metaMembers
    .filter(({ key }) => !drops(key))
    .map(({ key, start, value }) =>
      key === 'progressToken' && progressToken !== undefined ? `"progressToken":${progressToken}` : bytes.toString('utf8', start, value.end),
    )
  return replaceAt(offsets.meta, `{${[add, ...kept].filter((text) => text !== '').join(',')}}`)
}

function insertMeta({ root, params, paramsMembers }: MessageOffsets, text: string): Edit {
  if (!params) return insertAt(root.end - 1, `,"params":{${text}}`)
  return insertAt(params.start + 1, paramsMembers.length > 0 ? `${text},` : text)
}
