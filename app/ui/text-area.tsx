import { forwardRef, type TextareaHTMLAttributes } from 'react'
import { joinClasses } from './join-classes.ts'

interface TextAreaProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  /** For what machines read. */
  code?: boolean
}

export const TextArea = forwardRef<HTMLTextAreaElement, TextAreaProps>(function TextArea({ code = false, className, rows = 4, ...rest }, ref) {
  return <textarea spellCheck={!code} {...rest} ref={ref} rows={rows} className={joinClasses('control block', code && 'font-mono text-small', className)} />
})
