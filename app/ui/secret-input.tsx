import Eye from 'lucide-react/icons/eye'
import EyeOff from 'lucide-react/icons/eye-off'
import { forwardRef, useState } from 'react'
import { IconButton } from './icon-button.tsx'
import { joinClasses } from './join-classes.ts'
import { TextInput, type TextInputProps } from './text-input.tsx'

type SecretInputProps = Omit<TextInputProps, 'type' | 'code'>

/** Hides what is typed until asked. What was stored is never put back into it. */
export const SecretInput = forwardRef<HTMLInputElement, SecretInputProps>(function SecretInput({ className, autoComplete = 'off', ...rest }, ref) {
  const [shown, setShown] = useState(false)
  return (
    <div className={joinClasses('relative min-w-0', className)}>
      <TextInput
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        {...rest}
        ref={ref}
        type={shown ? 'text' : 'password'}
        autoComplete={autoComplete}
        className="pr-10"
      />
      <IconButton
        label={shown ? 'Hide' : 'Show'}
        icon={shown ? EyeOff : Eye}
        size="sm"
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
        className="absolute! top-1 right-1"
      />
    </div>
  )
})
