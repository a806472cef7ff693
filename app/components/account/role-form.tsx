import { Form, useSubmit } from '@remix-run/react'
import type { MemberRole } from '../../lib/load-context.ts'
import { useHydrated } from '../../lib/use-hydrated.ts'
import { useIsPending } from '../../lib/use-is-pending.ts'
import { Button } from '../../ui/button.tsx'
import { RoleSelect } from './role-select.tsx'

export interface RoleFormProps {
  member: { id: string; name: string; role: MemberRole }
  viewerRole: MemberRole
}

/** Choosing is saving; without JavaScript there is a button for it. */
export function RoleForm({ member, viewerRole }: RoleFormProps) {
  const submit = useSubmit()
  const isHydrated = useHydrated()
  const isPending = useIsPending('change-role', member.id)
  return (
    <Form method="post" preventScrollReset className="flex items-center gap-2">
      <input type="hidden" name="intent" value="change-role" />
      <input type="hidden" name="id" value={member.id} />
      <RoleSelect
        // As it is now, also after a change was refused.
        key={`${member.role} ${isPending}`}
        viewerRole={viewerRole}
        aria-label={`Role of ${member.name}`}
        defaultValue={member.role}
        disabled={isPending}
        onChange={({ currentTarget }) => submit(currentTarget.form, { preventScrollReset: true })}
        className="w-26 sm:w-28"
      />
      {!isHydrated && (
        <Button type="submit" size="sm">
          Save
        </Button>
      )}
    </Form>
  )
}
