import { LinkButton } from '../../ui/link-button.tsx'

interface PageLinksProps {
  shown: number
  isFirst: boolean
  firstPath: string
  /** Undefined on the last page. */
  nextPath: string | undefined
}

/** Pages are found by a cursor, so there is a next one and a first one, and no number. */
export function PageLinks({ shown, isFirst, firstPath, nextPath }: PageLinksProps) {
  return (
    <nav aria-label="Pages" className="flex flex-wrap items-center justify-between gap-3">
      <p className="text-small text-muted">
        {shown === 1 ? '1 connection' : `${shown} connections`}
        {isFirst && nextPath === undefined ? '' : ' on this page'}, newest first
      </p>
      <div className="flex gap-2">
        {!isFirst && (
          <LinkButton to={firstPath} size="sm">
            First page
          </LinkButton>
        )}
        {nextPath !== undefined && (
          <LinkButton to={nextPath} size="sm" rel="next">
            Next page
          </LinkButton>
        )}
      </div>
    </nav>
  )
}
