import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { expect, it } from 'vitest'
import { renderConfigTable, renderEnvExample } from '../server/config/describe.ts'
import { type Environment, loadConfig } from '../server/config/load.ts'
import { variables } from '../server/config/schema.ts'

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')

it('.env.example is what the schema says (`npx vitest run test/config-docs -u` rewrites it)', async () => {
  await expect(renderEnvExample()).toMatchFileSnapshot('../.env.example')
})

it('.env.example works as it is and changes nothing', () => {
  expect(loadConfig(parseEnv(read('.env.example')) as Environment)).toEqual(loadConfig({}))
})

it('.env.example names every variable once', () => {
  const named = [...read('.env.example').matchAll(/^(?:# )?([A-Z_]+)=/gm)].map((match) => match[1])
  expect(named).toEqual(Object.keys(variables))
})

it('README.md holds the table of variables', () => {
  const [, table] = /<!-- config:start -->\n([\s\S]*?)\n<!-- config:end -->/.exec(read('README.md')) ?? []
  expect(table).toBe(renderConfigTable())
})
