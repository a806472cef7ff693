// The programs that run in processes of their own, as plain JavaScript: a TypeScript loader inside them would
// be measured too, and the yardstick would be the one who pays.
import { join, resolve } from 'node:path'
import { build } from 'esbuild'

const root = resolve(import.meta.dirname, '../../..')
const children = resolve(import.meta.dirname, '../children')
/** Inside the repository, where its packages are found. */
const outdir = join(root, 'node_modules/.cache/plugboard-bench')

const PROGRAMS = ['upstream', 'bare-proxy', 'load', 'prepare-data-dir', 'add-tenant', 'flood', 'metadata-filter', 'renewals', 'token-verification'] as const
export type ChildName = (typeof PROGRAMS)[number]

export const compiledChild = (name: ChildName): string => join(outdir, `${name}.mjs`)

export async function compileChildren(): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: PROGRAMS.map((name) => join(children, `${name}.ts`)),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
  })
}
