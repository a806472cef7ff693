import { Toaster } from 'sonner'
import { useTheme } from '../lib/theme-choice.ts'

const CLASSES = {
  toast: 'flex! w-full! max-sm:w-[calc(100%-2rem)]! items-center! gap-2.5! rounded-lg! border-0! bg-raised! p-3! font-sans! text-base! text-ink! shadow-float!',
  content: 'min-w-0 flex-1 wrap-anywhere',
  title: 'font-medium!',
  description: 'text-tiny! font-mono! text-muted! wrap-anywhere',
  icon: 'mt-0.5! text-muted!',
  error: '[&_[data-icon]]:text-bad-ink!',
  success: '[&_[data-icon]]:text-good-ink!',
  actionButton: 'button h-7! border-edge! bg-surface! px-2! text-small! font-medium! text-ink! hover:bg-hover!',
}

/** Where `notify` speaks. */
export function ConsoleToaster() {
  const theme = useTheme() ?? 'system'
  return <Toaster theme={theme} position="bottom-right" visibleToasts={4} containerAriaLabel="Messages" toastOptions={{ classNames: CLASSES }} />
}
