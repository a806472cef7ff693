// What the first start made and the first owner takes over, and the way to become that owner.
import type { FirstThings } from '../identity/first-owner.ts'
import type { SetupCode } from './setup-code.ts'

export interface SetUp extends FirstThings {
  /** Undefined once there is an owner. */
  readonly code: SetupCode | undefined
  /** The namespace may have another name now; the code is of no use any more. */
  finish(namespace: string): void
}

export function createSetUp(organizationId: string, firstNamespace: string, setupCode: SetupCode | undefined): SetUp {
  let namespace = firstNamespace
  let code = setupCode
  return {
    organizationId,
    get namespace() {
      return namespace
    },
    get code() {
      return code
    },
    isSetupCode: (text) => code?.matches(text) ?? false,
    finish(renamed) {
      namespace = renamed
      code?.discard()
      code = undefined
    },
  }
}
