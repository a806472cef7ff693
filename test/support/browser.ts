// A real browser for tests, without a download: CHROME_PATH, else one that is installed, else the one that
// npm brought (@sparticuz/chromium, Linux x64).
import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const INSTALLED = [
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

// In a container there is no user namespace for the sandbox and little /dev/shm; and a test's browser calls nobody.
const ARGS = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-background-networking']

async function findExecutable(): Promise<string> {
  const asked = process.env.CHROME_PATH
  if (asked && !existsSync(asked)) throw new Error(`CHROME_PATH is ${asked}, and there is no such file`)
  const path = asked || INSTALLED.find((candidate) => existsSync(candidate))
  if (path) return path
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('No browser found: install Chrome or Chromium, or set CHROME_PATH')
  // Read when the package is imported: makes it unpack the system libraries that a bare image lacks.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs22.x'
  const { default: packaged } = await import('@sparticuz/chromium')
  // Its own list of arguments stays out: it turns web security off, which is what our tests are about.
  return packaged.executablePath()
}

/** The caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await findExecutable(), args: ARGS, headless: true })
}
