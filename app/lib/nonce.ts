// The nonce of this answer's content security policy. A browser hides it from scripts, so on its side it is empty.
import { createContext, useContext } from 'react'

const NonceContext = createContext('')

export const NonceProvider = NonceContext.Provider
export const useNonce = (): string => useContext(NonceContext)
