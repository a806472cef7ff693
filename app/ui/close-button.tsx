import X from 'lucide-react/icons/x'
import { Close } from 'radix-ui/dialog'

/** In the corner of a dialog, and last in it: the focus begins at the first thing to fill in. Without a tooltip, which Escape would close first. */
export function CloseButton({ label = 'Close' }: { label?: string }) {
  return (
    <Close aria-label={label} data-variant="quiet" data-size="sm" data-shape="square" className="button absolute! top-3 right-3">
      <X className="size-4" aria-hidden="true" />
    </Close>
  )
}
