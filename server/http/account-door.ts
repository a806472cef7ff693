// What pages do for people who are not signed in yet, or who change how they are: everything that ends in a cookie.
import type { SetUp } from '../boot/set-up.ts'
import { contextFor, type House } from '../context/context.ts'
import type { Browser } from '../identity/browser.ts'
import { acceptInvitation, findInvitation } from '../identity/invitations.ts'
import { createOwner, needsOwner } from '../identity/first-owner.ts'
import { signedOut } from '../identity/identity-errors.ts'
import { changePassword, signIn } from '../identity/sign-in.ts'
import { endSession } from '../identity/sessions.ts'
import type { MemberActor } from '../policy/actor.ts'
import type { AccountDoor, FirstCall } from './page-context.ts'

export interface AccountDoorInput {
  house: House
  setUp: SetUp
  /** Of the first namespace, as it is called then. */
  firstCall: () => Promise<FirstCall | undefined>
  browser: Browser
  /** The Cookie header. */
  cookie: string | null
  actor: MemberActor | undefined
  requestId: string
}

export function createAccountDoor({ house, setUp, firstCall, browser, cookie, actor, requestId }: AccountDoorInput): AccountDoor {
  /** A session that the browser had before is over: nobody would ever end it. */
  const instead = async (setCookie: string) => {
    await endSession(house, cookie, browser)
    return { setCookie }
  }
  return {
    needsOwner: () => needsOwner(house),
    async createOwner(owner) {
      const { setCookie, namespace, key } = await createOwner(house, browser, setUp, owner)
      setUp.finish(namespace)
      return { ...(await instead(setCookie)), namespace, key, firstCall: await firstCall() }
    },
    signIn: async (input) => instead(await signIn(house, browser, input)),
    signOut: async () => ({ setCookie: await endSession(house, cookie, browser) }),
    async findInvitation(token) {
      const found = await findInvitation(house, token)
      return found && {
        email: found.invitation.email,
        organization: found.organizationName,
        role: found.invitation.role,
        invitedBy: found.invitedBy ?? undefined,
      }
    },
    acceptInvitation: async (input) => instead(await acceptInvitation(house, browser, input)),
    async changePassword(input) {
      if (!actor) throw signedOut()
      return { setCookie: await changePassword(contextFor(house, actor, requestId, () => browser), browser, input) }
    },
  }
}
