import ExternalLink from 'lucide-react/icons/external-link'
import type { ReactNode } from 'react'
import type { ButtonLook } from '../../ui/button.tsx'
import { LinkButton } from '../../ui/link-button.tsx'

/** To where a person signs in. A document of its own: what its form may lead to is said by its own headers, not by this page's. */
export function SetupLinkButton({ url, variant, size, children }: Pick<ButtonLook, 'variant' | 'size'> & { url: string; children: ReactNode }) {
  return (
    <LinkButton to={url} variant={variant} size={size} icon={ExternalLink} reloadDocument target="_blank" rel="noopener noreferrer">
      {children}
      <span className="sr-only">(opens a new tab)</span>
    </LinkButton>
  )
}
