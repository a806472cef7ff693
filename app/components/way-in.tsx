import { LinkButton } from '../ui/link-button.tsx'

interface WayInProps {
  needsOwner: boolean
  isSignedIn: boolean
}

/** From the public page to the console: whatever comes next for this visitor. */
export function WayIn({ needsOwner, isSignedIn }: WayInProps) {
  if (isSignedIn) {
    return (
      <LinkButton to="/app" size="sm">
        Open console
      </LinkButton>
    )
  }
  return (
    <LinkButton to={needsOwner ? '/welcome' : '/sign-in'} size="sm">
      {needsOwner ? 'Set up' : 'Sign in'}
    </LinkButton>
  )
}
