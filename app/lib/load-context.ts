// Tells Remix what its loaders are given (`context`). The shape is the server's; here it only gets its name.
import type { PageContext } from '../../server/http/page-context.ts'

declare module '@remix-run/server-runtime' {
  interface AppLoadContext extends PageContext {}
}

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true
  }
}

export type {
  Admission,
  AppRouter,
  Arrival,
  ConnectionState,
  ConsentVisit,
  FirstCall,
  MemberRole,
  NewOwner,
  OpenInvitation,
  PageContext,
  Problem,
  SetupVisit,
  StatusDetail,
  StatusSummary,
  Visitor,
} from '../../server/http/page-context.ts'
