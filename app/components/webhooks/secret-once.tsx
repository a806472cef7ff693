import { verifySnippet } from '../../lib/webhook-snippets.ts'
import { CodeBlock } from '../../ui/code-block.tsx'
import { Card } from '../../ui/card.tsx'
import { KeyOnce } from '../account/key-once.tsx'

export interface SecretOnceProps {
  title: string
  description: string
  secret: string
}

/** The only time that a signing secret is shown, and what a receiver does with it. */
export function SecretOnce({ title, description, secret }: SecretOnceProps) {
  return (
    <Card title={title} description={description}>
      <div className="grid gap-4">
        <KeyOnce label="Signing secret" value={secret} />
        <CodeBlock label="Verify a message (npm install standardwebhooks)" code={verifySnippet} />
      </div>
    </Card>
  )
}
