import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Doors } from '../components/doors.tsx'
import { FirstCallGuide } from '../components/first-call-guide.tsx'
import { PageFrame } from '../components/page-frame.tsx'
import { StatusPanel } from '../components/status-panel.tsx'

export const loader = async ({ context }: LoaderFunctionArgs) => context.status()

export const meta: MetaFunction = () => [
  { title: 'Plugboard' },
  { name: 'description', content: 'Connections to MCP servers, held for your app: sealed credentials, kept sessions, one API.' },
]

export default function HomePage() {
  const status = useLoaderData<typeof loader>()
  return (
    <PageFrame>
      <section className="max-w-160 pt-12 pb-10 sm:pt-16">
        <h1 className="text-title font-semibold tracking-tight text-balance">Your app’s connections to MCP servers, in one place you run</h1>
        <p className="mt-4 text-lead text-muted text-pretty">
          Plugboard keeps the credentials sealed and write-only, keeps the MCP sessions alive, and lets your backend and your agents call the tools over REST, tRPC or MCP itself.
        </p>
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
