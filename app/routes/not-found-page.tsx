// Every address without a page of its own. root.tsx shows what is thrown here.

export function loader(): never {
  throw new Response(null, { status: 404 })
}

export const meta = () => [{ title: 'Not found · Plugboard' }]

export default function NotFoundPage() {
  return null
}
