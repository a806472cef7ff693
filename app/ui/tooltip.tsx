import { Content, Portal, Root, Trigger } from 'radix-ui/tooltip'
import type { ReactElement } from 'react'

/** A few words on hover and focus. Never the only place where something is said: a finger has no hover. */
export function Tooltip({ label, children }: { label: string; children: ReactElement }) {
  return (
    <Root>
      <Trigger asChild>{children}</Trigger>
      <Portal>
        <Content
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-w-72 animate-appear rounded-sm bg-ink px-2 py-1 text-tiny text-canvas wrap-anywhere"
        >
          {label}
        </Content>
      </Portal>
    </Root>
  )
}
