import SearchX from 'lucide-react/icons/search-x'
import { EmptyState } from '../../ui/empty-state.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import type { FilterTerm } from './connection-filter.ts'

const ADVICE: Readonly<Record<FilterTerm['kind'], string>> = {
  metadata: 'Metadata is compared exactly: the whole value, in upper and lower case as it was stored.',
  id: 'An id is compared exactly.',
  name: 'A name is compared exactly.',
  url: 'An address is compared as a whole, with the real values of its query; the *** shown here stand for them and match nothing.',
  word: 'A word alone is compared with ids and names, exactly. For metadata, put its key in front: userId:123.',
}

export function NoMatch({ terms }: { terms: readonly FilterTerm[] }) {
  const kinds = [...new Set(terms.map(({ kind }) => kind))]
  return (
    <EmptyState
      icon={SearchX}
      title="No connection matches"
      actions={
        <LinkButton to="." variant="default">
          Clear the filter
        </LinkButton>
      }
    >
      {kinds.length === 0 ? <p>None has this status right now.</p> : kinds.map((kind) => <p key={kind}>{ADVICE[kind]}</p>)}
    </EmptyState>
  )
}
