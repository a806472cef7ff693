// The account door without its pages: each of its functions on a path, as JSON. What a browser sends, and gets back,
// is the real thing; only the HTML is left out.
import type { RemixHandler } from '../../server/http/remix.ts'
import type { AccountDoor, PageContext } from '../../server/http/page-context.ts'

type Act = (account: AccountDoor, input: never) => Promise<{ setCookie?: string } | boolean | undefined | object>

const acts: Record<string, Act> = {
  '/welcome': (account, input) => account.createOwner(input),
  '/sign-in': (account, input) => account.signIn(input),
  '/sign-out': (account) => account.signOut(),
  '/invite/find': async (account, { token }: { token: string }) => (await account.findInvitation(token)) ?? {},
  '/invite/accept': (account, input) => account.acceptInvitation(input),
  '/app/settings/account': (account, input) => account.changePassword(input),
}

async function answer(request: Request, context: PageContext): Promise<Response> {
  const { pathname } = new URL(request.url)
  const act = acts[pathname]
  if (request.method !== 'POST' || !act) {
    return Response.json({ visitor: context.visitor ?? null, needsOwner: await context.account.needsOwner() })
  }
  const { setCookie, ...rest } = { setCookie: undefined, ...((await act(context.account, (await request.json()) as never)) as object) } as {
    setCookie: string | undefined
  }
  return Response.json(rest, { headers: setCookie === undefined ? {} : { 'set-cookie': setCookie } })
}

export const accountPages = async (): Promise<RemixHandler> => async (request, context) => {
  try {
    return await answer(request, context)
  } catch (error) {
    const problem = context.explain(error)
    if (!problem) throw error
    return Response.json({ problem }, { status: problem.status })
  }
}
