// Remix puts our nonce on its scripts but not on the `modulepreload` links beside them, which the content
// security policy counts as scripts too.

/** Safe on a whole page: text in it is escaped, so a literal tag can only come from a component. */
export const addPreloadNonces = (html: string, nonce: string): string =>
  html.replaceAll('<link rel="modulepreload"', `<link rel="modulepreload" nonce="${nonce}"`)
