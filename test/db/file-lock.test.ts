import { fork } from 'node:child_process'
import { once } from 'node:events'
import { symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { openTemporary, temporaryPath, urlOf } from './temporary-database.ts'

/** A second Plugboard on the same file. */
async function holdElsewhere(path: string) {
  const child = fork(fileURLToPath(new URL('hold-database.ts', import.meta.url)), [urlOf(path)], { execArgv: ['--import', 'tsx'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [message] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as unknown[]
  expect(message).toBe('open')
  return child
}

it('a file that another process has open is refused with its pid and what to do, until that process dies', async () => {
  const path = temporaryPath()
  const holder = await holdElsewhere(path)
  await expect(openTemporary({ url: urlOf(path) })).rejects.toMatchObject({
    code: 'database.locked',
    message: `another Plugboard process (pid ${holder.pid}) uses ${path}; stop it or set DATA_DIR`,
  })
  // No warning, no clean-up: the kernel lets go of the lock.
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  await openTemporary({ url: urlOf(path) })
})

it('one process does not open a file twice either, under no other spelling of its path', async () => {
  const path = temporaryPath()
  const folder = dirname(path)
  await openTemporary({ url: urlOf(path) })
  symlinkSync(path, join(folder, 'link.db'))
  symlinkSync(folder, join(folder, 'folder'))
  for (const spelling of [path, join(folder, 'link.db'), join(folder, 'folder', 'plugboard.db')]) {
    await expect(openTemporary({ url: urlOf(spelling) })).rejects.toMatchObject({ code: 'database.locked' })
  }
})

it('of openers that start at once one wins', async () => {
  const url = urlOf(temporaryPath())
  const answers = await Promise.allSettled(Array.from({ length: 5 }, () => openTemporary({ url })))
  expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected', 'rejected'])
})

it('closing lets the next one in', async () => {
  const url = urlOf(temporaryPath())
  const first = await openTemporary({ url })
  await first.close()
  await expect(openTemporary({ url })).resolves.toBeDefined()
})

it('an opener that fails after it took the lock lets go of it', async () => {
  const url = urlOf(temporaryPath())
  const brokenClock = () => {
    throw new Error('no clock')
  }
  await expect(openTemporary({ url, now: brokenClock })).rejects.toMatchObject({ code: 'database.cannot_open' })
  await openTemporary({ url })
})
