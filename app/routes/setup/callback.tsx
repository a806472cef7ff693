// Where authorization servers send browsers back to. Nothing is shown here: the code is in this page's address, so the
// browser moves on to a clean one at once.
import { type LoaderFunctionArgs, redirect } from '@remix-run/node'

const CLEAN = { 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' }

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  try {
    const { status, returnUrl } = await context.setup.finish(params.issuer ?? '', new URL(request.url).searchParams)
    return redirect(returnUrl ?? `/oauth/finished?outcome=${status.state === 'connected' ? 'connected' : 'granted'}`, { status: 303, headers: CLEAN })
  } catch (error) {
    const problem = context.explain(error)
    if (!problem) throw error
    const outcome = new URLSearchParams({ outcome: outcomeOf(problem.code), request: problem.requestId })
    return redirect(`/oauth/finished?${outcome.toString()}`, { status: 303, headers: CLEAN })
  }
}

/** One word for the next page: what a stranger wrote stays out of our addresses. */
function outcomeOf(code: string): string {
  if (code === 'oauth.authorization_refused') return 'denied'
  if (code === 'authorization.already_done') return 'done'
  if (code === 'authorization.request_not_found') return 'expired'
  return 'failed'
}
