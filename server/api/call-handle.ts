/**
 * What tRPC carries through a request. Its type is part of the router's type, which other packages import:
 * so it says nothing of the house behind it. `call-context.ts` knows what it stands for.
 */
export interface CallHandle {
  readonly requestId: string
}
