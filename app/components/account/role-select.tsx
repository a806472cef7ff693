import type { ComponentProps } from 'react'
import type { MemberRole } from '../../lib/load-context.ts'
import { Select } from '../../ui/select.tsx'
import { ROLES, rolesToGive } from './roles.ts'

/** The roles that whoever looks at it may give. */
export function RoleSelect({ viewerRole, ...props }: { viewerRole: MemberRole } & ComponentProps<typeof Select>) {
  return (
    <Select {...props} name="role">
      {rolesToGive(viewerRole).map((role) => (
        <option key={role} value={role}>
          {ROLES[role].label}
        </option>
      ))}
    </Select>
  )
}
