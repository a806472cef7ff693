import { Content, Description, Overlay, Portal, Root, Title } from 'radix-ui/dialog'
import type { ReactNode } from 'react'
import { CloseButton } from './close-button.tsx'

interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  description?: ReactNode
  children: ReactNode
  /** Buttons, the one that ends the matter last. */
  footer?: ReactNode
}

/** Holds the focus while it is open and gives it back afterwards; Escape and a click beside it close it. */
export function Dialog({ open, onOpenChange, title, description, children, footer }: DialogProps) {
  return (
    <Root open={open} onOpenChange={onOpenChange}>
      <Portal>
        <Overlay className="fixed inset-0 z-40 bg-veil" />
        <Content
          {...(description === undefined && { 'aria-describedby': undefined })}
          className="fixed inset-x-4 top-[max(1rem,12vh)] z-50 mx-auto flex max-h-[min(44rem,80dvh)] max-w-128 animate-appear flex-col rounded-lg bg-raised shadow-float"
        >
          <header className="p-4 pr-14 pb-3">
            <Title className="text-heading font-semibold wrap-anywhere">{title}</Title>
            {description !== undefined && <Description className="mt-1 text-small text-muted text-pretty wrap-anywhere">{description}</Description>}
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-4">{children}</div>
          {footer !== undefined && <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-4 py-3">{footer}</footer>}
          <CloseButton />
        </Content>
      </Portal>
    </Root>
  )
}
