import { useNavigation } from '@remix-run/react'

/** True while the form of that intent, and of that row if there are several, is on its way. */
export function useIsPending(intent: string, id?: string): boolean {
  const { formData } = useNavigation()
  return formData?.get('intent') === intent && (id === undefined || formData.get('id') === id)
}
