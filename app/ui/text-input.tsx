import { forwardRef, type InputHTMLAttributes } from 'react'
import { joinClasses } from './join-classes.ts'

export interface TextInputProps extends InputHTMLAttributes<HTMLInputElement> {
  /** For what machines read: URLs, ids, header names. */
  code?: boolean
}

export const TextInput = forwardRef<HTMLInputElement, TextInputProps>(function TextInput({ code = false, className, type = 'text', ...rest }, ref) {
  return (
    <input
      {...(code && { autoCapitalize: 'none', autoCorrect: 'off', spellCheck: false })}
      {...rest}
      ref={ref}
      type={type}
      className={joinClasses('control h-9', code && 'font-mono text-small', className)}
    />
  )
})
