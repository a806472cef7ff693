import { Content, List, Root, Trigger } from 'radix-ui/tabs'
import type { ReactNode } from 'react'

export interface Tab {
  id: string
  label: ReactNode
  content: ReactNode
}

interface TabsProps {
  /** What the tabs choose between. */
  label: string
  tabs: readonly Tab[]
  value?: string
  onValueChange?: (id: string) => void
}

/** Views of one thing on one page; for views with an address of their own there is NavTabs. */
export function Tabs({ label, tabs, value, onValueChange }: TabsProps) {
  return (
    <Root {...(value === undefined ? { defaultValue: tabs[0]?.id ?? '' } : { value })} onValueChange={onValueChange}>
      <List aria-label={label} className="flex h-9 gap-2 overflow-x-auto overflow-y-hidden border-b border-line">
        {tabs.map(({ id, label: name }) => (
          <Trigger key={id} value={id} className="tab">
            {name}
          </Trigger>
        ))}
      </List>
      {tabs.map(({ id, content }) => (
        <Content key={id} value={id} className="min-w-0 pt-4">
          {content}
        </Content>
      ))}
    </Root>
  )
}
