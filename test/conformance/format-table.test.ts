import { expect, it } from 'vitest'
import { formatTable } from './format-table.ts'

it('names what got worse, what ran twice and what does not count', () => {
  const good = { id: 'pong', status: 'SUCCESS' as const }
  const bad = { id: 'pong', status: 'FAILURE' as const, errorMessage: 'No answer' }
  const table = formatTable('A suite', [
    { scenario: 'ping', direct: [good], through: [bad], verdict: 'worse', rerun: true },
    { scenario: 'tasks', direct: [bad], through: [bad], verdict: 'same', rerun: false, unscored: 'extension' },
  ])
  expect(table.trim().split('\n')).toEqual([
    '## A suite',
    'scenario                       direct              through             equal?',
    'ping (run again alone)         1 passed            0 passed, 1 failed  NO, WORSE',
    'tasks [not scored: extension]  0 passed, 1 failed  0 passed, 1 failed  yes',
    '  ping: pong FAILURE: No answer',
    'Scored: 1 of 1 pass directly, 0 through. Equal: 1 of 2.',
  ])
})
