// Two promises that every test keeps: it is silent, and it never talks to another machine.
import { afterAll, afterEach } from 'vitest'
import { recordConsole } from './support/console-guard.ts'
import { guardSockets } from './support/socket-guard.ts'

const printed = recordConsole()
const refused = guardSockets()

function failOnWhatHappened() {
  const complaints = [...printed.splice(0), ...refused.splice(0)]
  if (complaints.length > 0) throw new Error(complaints.join('\n'))
}

afterEach(failOnWhatHappened)
// What happened while a file was being imported, or in its last hook.
afterAll(failOnWhatHappened)
