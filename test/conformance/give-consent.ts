// The person and their browser: says yes on Plugboard's page, goes where that leads, and comes back. The suite's authorization
// server has no pages; it sends every browser back at once.

const MAX_HOPS = 5

/** Ends on the page that Plugboard shows last, with its outcome. */
export async function giveConsent(setupUrl: string): Promise<string> {
  const { origin } = new URL(setupUrl)
  const page = await fetch(setupUrl, { redirect: 'manual' })
  if (!page.ok) throw new Error(`The setup page answered ${page.status}`)
  const yes = await fetch(setupUrl, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin, 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
  })
  const cookie = yes.headers.getSetCookie().map((each) => each.split(';')[0]).join('; ')
  let url = locationOf(yes, setupUrl)
  for (let hop = 0; hop < MAX_HOPS; hop++) {
    const outcome = url.origin === origin ? url.searchParams.get('outcome') : null
    if (outcome !== null) return outcome
    // The cookie is Plugboard's: a browser shows it to nobody else.
    const headers = url.origin === origin ? { cookie } : undefined
    url = locationOf(await fetch(url, { redirect: 'manual', ...(headers && { headers }) }), url.href)
  }
  throw new Error('The browser was sent around without end')
}

function locationOf(response: Response, from: string): URL {
  const location = response.headers.get('location')
  if (location === null) throw new Error(`${new URL(from).pathname.split('/', 2).join('/')} answered ${response.status} and sent the browser nowhere`)
  return new URL(location, from)
}
