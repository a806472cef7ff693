import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import ArrowRight from 'lucide-react/icons/arrow-right'
import { Doors } from '../components/doors.tsx'
import { FirstCallGuide } from '../components/first-call-guide.tsx'
import { PageFrame } from '../components/page-frame.tsx'
import { StatusPanel } from '../components/status-panel.tsx'
import { WayIn } from '../components/way-in.tsx'
import { LinkButton } from '../ui/link-button.tsx'

export async function loader({ context }: LoaderFunctionArgs) {
  const [status, needsOwner] = await Promise.all([context.status(), context.account.needsOwner()])
  return { status, needsOwner, isSignedIn: context.visitor !== undefined }
}

export const meta: MetaFunction = () => [
  { title: 'Plugboard' },
  { name: 'description', content: 'Connections to MCP servers, held for your app: sealed credentials, kept sessions, one API.' },
]

export default function HomePage() {
  const { status, needsOwner, isSignedIn } = useLoaderData<typeof loader>()
  return (
    <PageFrame actions={<WayIn needsOwner={needsOwner} isSignedIn={isSignedIn} />}>
      <section className="max-w-160 pt-12 pb-10 sm:pt-16">
        <h1 className="text-title font-semibold tracking-tight text-balance">Your app’s connections to MCP servers, in one place you run</h1>
        <p className="mt-4 text-lead text-muted text-pretty">
          Plugboard keeps the credentials sealed and write-only, keeps the MCP sessions alive, and lets your backend and your agents call the tools over REST, tRPC or MCP itself.
        </p>
        {needsOwner && (
          <div className="mt-6 flex flex-wrap items-center gap-x-4 gap-y-2">
            <LinkButton to="/welcome" variant="primary" icon={ArrowRight}>
              Finish setting up
            </LinkButton>
            <p className="text-small text-muted">Nobody can sign in yet. The first account is yours: the log has its setup code.</p>
          </div>
        )}
      </section>
      <div className="grid items-start gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="grid min-w-0 gap-10">
          <FirstCallGuide publicUrl={status.publicUrl} detail={status.detail} />
          <Doors />
        </div>
        <StatusPanel status={status} />
      </div>
    </PageFrame>
  )
}
