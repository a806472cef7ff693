// What strangers write into the places that our pages show. Each would set the trap if it were ever taken for code.
export const TRAP = 'plugboardTrap'

const code = `window.${TRAP}=1`
const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="${code}"><script>${code}</script></svg>`

export const HOSTILE = {
  script: `<script>${code}</script>`,
  image: `<img src=x onerror="${code}">`,
  /** Out of a title, a style, a text area, or the data that a page is hydrated with. */
  closing: `</title></style></textarea></script><script>${code}</script>`,
  json: `"}]}</script><script>${code}//`,
  link: `javascript:${code}`,
  markdown: `[a link](javascript:${code}) ![an image](x" onerror="${code})`,
  /** Reads as `invoice exe.png`, ends in `.exe` (UAX #9). */
  rightToLeft: 'invoice\u202Egnp.exe',
  long: 'W'.repeat(10_240),
  svg,
  svgUrl: `data:image/svg+xml,${encodeURIComponent(svg)}`,
  htmlUrl: `data:text/html,${encodeURIComponent(`<script>${code}</script>`)}`,
} as const
