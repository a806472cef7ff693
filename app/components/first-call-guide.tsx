import { callSnippets, connectSnippet, keyLine } from '../lib/first-call-snippets.ts'
import type { StatusDetail } from '../lib/load-context.ts'
import { CodeTabs } from './code-tabs.tsx'
import { Step } from './step.tsx'

function WhereTheKeyIs({ detail }: { detail: StatusDetail | undefined }) {
  if (detail?.keyFile !== undefined) return <>It lies in a file that only you can read. In the directory where you started Plugboard:</>
  if (detail) return <>It is the PLUGBOARD_ROOT_KEY that Plugboard was started with.</>
  return <>Your operator has it: the PLUGBOARD_ROOT_KEY of this installation, the file root-key in its DATA_DIR, or a key made with either.</>
}

/** From nothing to a tool's result, in lines that can be pasted. */
export function FirstCallGuide({ publicUrl, detail }: { publicUrl: string; detail: StatusDetail | undefined }) {
  const demo = detail?.firstCall
  return (
    <section aria-labelledby="first-call" className="min-w-0">
      <h2 id="first-call" className="text-heading font-semibold">
        Make the first call
      </h2>
      <ol className="mt-4 grid gap-6">
        <Step number={1} title="Take the key" text={<WhereTheKeyIs detail={detail} />}>
          <CodeTabs label="Take the key" snippets={[{ id: 'shell', label: 'Shell', code: keyLine(detail?.keyFile) }]} />
        </Step>
        {!demo && (
          <Step number={2} title="Connect a server" text="Names are yours to choose; the namespace must exist.">
            <CodeTabs label="Connect a server" snippets={[{ id: 'curl', label: 'curl', code: connectSnippet(publicUrl) }]} />
          </Step>
        )}
        <Step
          number={demo ? 2 : 3}
          title="Call a tool"
          text={demo ? 'A small demo server is running beside Plugboard and already connected.' : 'With a tool that your server offers.'}
        >
          <CodeTabs label="Call a tool" snippets={callSnippets(publicUrl, demo)} />
        </Step>
      </ol>
    </section>
  )
}
