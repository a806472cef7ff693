import { Outlet } from '@remix-run/react'

export default function ConsoleLayout() {
  return <Outlet />
}
