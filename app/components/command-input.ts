/** The line of typing, the same before and after the menu behind it is there. */
export const COMMAND_INPUT = {
  label: 'Search or jump to',
  placeholder: 'Search connections, pages and actions',
  className:
    'h-12 w-full border-b border-line bg-transparent px-4 outline-none focus-visible:border-accent focus-visible:shadow-[inset_0_-1px_0_var(--color-accent)]',
} as const
