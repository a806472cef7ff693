import { Link } from '@remix-run/react'
import type { LucideIcon } from 'lucide-react'
import Check from 'lucide-react/icons/check'
import { CheckboxItem, Content, Item, ItemIndicator, Label, Portal, Root, Separator, Trigger } from 'radix-ui/dropdown-menu'
import type { ReactElement } from 'react'

export interface MenuAction {
  label: string
  icon?: LucideIcon
  tone?: 'danger'
  disabled?: boolean
  /** Shown at the end of the row, such as a key. */
  hint?: string
  onSelect?: () => void
  /** Goes there, instead of `onSelect`. */
  to?: string
  /** One of several that are on or off. */
  checked?: boolean
}

export type MenuItem = MenuAction | { heading: string } | 'separator'

interface MenuProps {
  /** A button. */
  trigger: ReactElement
  items: readonly MenuItem[]
  align?: 'start' | 'end'
  side?: 'top' | 'bottom'
}

function Row({ label, icon: Icon, hint }: MenuAction) {
  return (
    <>
      {Icon && <Icon className="size-4 shrink-0 text-muted" aria-hidden="true" />}
      <span className="min-w-0 flex-1 truncate">{label}</span>
      {hint !== undefined && <span className="text-tiny text-muted">{hint}</span>}
    </>
  )
}

function ActionItem(action: MenuAction) {
  const { checked, to, tone, disabled = false, onSelect } = action
  const shared = { disabled, className: 'menu-item', 'data-tone': tone, onSelect }
  if (checked !== undefined) {
    return (
      <CheckboxItem {...shared} checked={checked}>
        <Row {...action} />
        <ItemIndicator>
          <Check className="size-4" aria-hidden="true" />
        </ItemIndicator>
      </CheckboxItem>
    )
  }
  if (to === undefined) {
    return (
      <Item {...shared}>
        <Row {...action} />
      </Item>
    )
  }
  return (
    <Item {...shared} asChild>
      <Link to={to}>
        <Row {...action} />
      </Link>
    </Item>
  )
}

export function Menu({ trigger, items, align = 'start', side = 'bottom' }: MenuProps) {
  return (
    <Root>
      <Trigger asChild>{trigger}</Trigger>
      <Portal>
        <Content align={align} side={side} sideOffset={4} collisionPadding={8} className="menu">
          {items.map((item, index) => {
            if (item === 'separator') return <Separator key={index} className="-mx-1 my-1 h-px bg-line" />
            if ('heading' in item) {
              return (
                <Label key={index} className="px-2 py-1.5 text-tiny font-medium text-muted wrap-anywhere">
                  {item.heading}
                </Label>
              )
            }
            return <ActionItem key={index} {...item} />
          })}
        </Content>
      </Portal>
    </Root>
  )
}
