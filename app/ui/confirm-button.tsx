import { Form } from '@remix-run/react'
import { Action, Cancel, Content, Description, Overlay, Portal, Root, Title, Trigger } from 'radix-ui/alert-dialog'
import type { ReactNode } from 'react'
import { Button, type ButtonProps } from './button.tsx'

/** Posted when confirmed. */
export interface ConfirmForm {
  /** Another page's address; without it the page posts to itself. */
  action?: string
  fields: Readonly<Record<string, string>>
}

interface ConfirmButtonProps extends Omit<ButtonProps, 'form' | 'title' | 'onClick' | 'type'> {
  title: string
  /** What will happen, and what will not be undone. */
  description: ReactNode
  confirmLabel: string
  onConfirm?: () => void
  form?: ConfirmForm
}

function Fields({ fields }: Pick<ConfirmForm, 'fields'>) {
  return Object.entries(fields).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)
}

/** A button whose work begins after a second look. */
export function ConfirmButton({ title, description, confirmLabel, onConfirm, form, variant = 'default', ...button }: ConfirmButtonProps) {
  const confirm = (
    <Action asChild onClick={onConfirm}>
      <Button variant="danger" type={form ? 'submit' : 'button'}>
        {confirmLabel}
      </Button>
    </Action>
  )
  return (
    <Root>
      <Trigger asChild>
        <Button {...button} variant={variant} type="button" />
      </Trigger>
      <Portal>
        <Overlay className="fixed inset-0 z-40 bg-veil" />
        <Content className="fixed inset-x-4 top-[max(1rem,20vh)] z-50 mx-auto max-w-112 animate-appear rounded-lg bg-raised p-4 shadow-float">
          <Title className="text-heading font-semibold wrap-anywhere">{title}</Title>
          <Description asChild>
            <div className="mt-2 text-muted text-pretty wrap-anywhere">{description}</div>
          </Description>
          <div className="mt-5 flex flex-wrap justify-end gap-2">
            <Cancel asChild>
              <Button type="button">Cancel</Button>
            </Cancel>
            {form ? (
              <Form method="post" action={form.action}>
                <Fields fields={form.fields} />
                {confirm}
              </Form>
            ) : (
              confirm
            )}
          </div>
        </Content>
      </Portal>
    </Root>
  )
}
