import Plus from 'lucide-react/icons/plus'
import Trash from 'lucide-react/icons/trash-2'
import { useHydrated } from '../../lib/use-hydrated.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { JsonEditor } from '../json-editor.tsx'
import { GrantFields } from './grant-fields.tsx'
import { readPolicyText, writePolicyText } from './policy-text.ts'
import type { Policy } from './token-types.ts'

interface PolicyEditorProps {
  text: string
  onChange: (text: string) => void
  /** What the server says of it. */
  error: string | undefined
}

/** Grants as forms, and all of them as JSON, each of which follows the other. Without scripts there is the JSON. */
export function PolicyEditor({ text, onChange, error }: PolicyEditorProps) {
  const isHydrated = useHydrated()
  const read = readPolicyText(text)
  const grants = 'grants' in read ? read.grants : []
  const write = (next: Policy) => onChange(writePolicyText(next))
  return (
    <>
      <div className="needs-script grid min-w-0 gap-4">
        {grants.map((grant, index) => (
          <Card
            key={index}
            title={`Grant ${index + 1}`}
            description={index === 0 ? 'All of it must fit. What is left empty limits nothing.' : 'Or, instead, all of this.'}
            actions={grants.length > 1 && <IconButton icon={Trash} label={`Remove grant ${index + 1}`} onClick={() => write(grants.toSpliced(index, 1))} />}
          >
            <GrantFields grant={grant} onChange={(next) => write(grants.with(index, next))} />
          </Card>
        ))}
        {grants.length > 0 && (
          <div>
            <Button icon={Plus} onClick={() => write([...grants, { ...(grants[0]?.namespaces && { namespaces: grants[0].namespaces }), operations: ['read'] }])}>
              Add grant
            </Button>
          </div>
        )}
      </div>
      <Card title="The same as JSON" description="Also for limits that have no field: arguments by JSON Schema, methods, rpcReqMatch, origins, resources.">
        <JsonEditor label="Policy" name={isHydrated ? undefined : 'policy'} value={text} onChange={onChange} error={'problem' in read ? read.problem : error} />
      </Card>
    </>
  )
}
