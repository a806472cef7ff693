import Search from 'lucide-react/icons/search'
import { forwardRef, type InputHTMLAttributes } from 'react'
import { joinClasses } from './join-classes.ts'
import { Kbd } from './kbd.tsx'

interface SearchInputProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> {
  label: string
}

/** The `/` key brings the focus here: to the first one on the page. */
export const SearchInput = forwardRef<HTMLInputElement, SearchInputProps>(function SearchInput({ label, className, placeholder = label, ...rest }, ref) {
  return (
    <div className={joinClasses('group relative min-w-0', className)}>
      <Search className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-muted" aria-hidden="true" />
      <input
        autoComplete="off"
        spellCheck={false}
        {...rest}
        ref={ref}
        type="search"
        aria-label={label}
        placeholder={placeholder}
        data-search=""
        className="control h-9 pr-9! pl-8.5!"
      />
      <Kbd className="pointer-events-none absolute top-2 right-2 group-focus-within:invisible max-sm:hidden">/</Kbd>
    </div>
  )
})
