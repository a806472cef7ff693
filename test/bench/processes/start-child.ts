// A compiled child and how to talk to it: it says one thing when it is ready, then answers one question at a time.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { compiledChild, type ChildName } from './compile-children.ts'
import { endWithUs } from './end-with-us.ts'

interface Reply {
  result?: unknown
  error?: string
}

export interface StartedChild<Ready> {
  pid: number
  ready: Ready
  ask<Answer>(question: object): Promise<Answer>
  stop(): Promise<void>
}

export async function startChild<Ready>(name: ChildName, args: readonly string[] = []): Promise<StartedChild<Ready>> {
  const child = fork(compiledChild(name), [...args], { execArgv: [] })
  endWithUs(child)

  const nextReply = <Answer>() =>
    new Promise<Answer>((resolve, reject) => {
      const onExit = (code: number | null) => reject(new Error(`The benchmark's ${name} left with ${code}`))
      child.once('exit', onExit)
      child.once('message', ({ result, error }: Reply) => {
        child.off('exit', onExit)
        if (error === undefined) resolve(result as Answer)
        else reject(new Error(`${name}: ${error}`))
      })
    })

  return {
    ready: await nextReply<Ready>(),
    pid: child.pid!,
    ask(question) {
      child.send(question)
      return nextReply()
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}
