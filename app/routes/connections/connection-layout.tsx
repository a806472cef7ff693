import { Outlet } from '@remix-run/react'

export default function ConnectionLayout() {
  return <Outlet />
}
