import { describe, expect, it } from 'vitest'
import { compareScenario, hasFailure } from './compare-scenario.ts'
import type { Check } from './run-suite.ts'

const check = (id: string, status: Check['status']): Check => ({ id, status })
const mixed = (bad: string, good: string) => [check(bad, 'FAILURE'), check(good, 'SUCCESS')]
const passed = [check('a', 'SUCCESS'), check('b', 'SUCCESS')]

describe('comparing a scenario', () => {
  it.each<[string, Check[], Check[], ReturnType<typeof compareScenario>]>([
    ['the same checks with the same results are the same', passed, passed, 'same'],
    ['the order of checks says nothing', passed, passed.toReversed(), 'same'],
    ['the same failure on both sides is the same', [check('a', 'FAILURE')], [check('a', 'FAILURE')], 'same'],
    ['the diary of requests and events says nothing', passed, [...passed, check('incoming', 'INFO')], 'same'],
    ['a new failure is worse', passed, [check('a', 'SUCCESS'), check('b', 'FAILURE')], 'worse'],
    ['a new warning is worse, though the suite still calls it passed', passed, [check('a', 'SUCCESS'), check('b', 'WARNING')], 'worse'],
    ['a check that is skipped on the way is worse', [check('a', 'SUCCESS')], [check('a', 'SKIPPED')], 'worse'],
    ['a check that is no longer made is worse', passed, [check('a', 'SUCCESS')], 'worse'],
    ['a scenario without any result is worse', passed, [], 'worse'],
    ['a failure that only the second run reports is worse', passed, [...passed, check('schema', 'FAILURE')], 'worse'],
    ['one of several equal checks that fails is worse', [passed[0]!, passed[0]!], [passed[0]!, check('a', 'FAILURE')], 'worse'],
    ['a check that got better does not hide one that got worse', mixed('a', 'b'), mixed('b', 'a'), 'worse'],
    ['fewer failures are better', [check('a', 'FAILURE')], [check('a', 'SUCCESS')], 'better'],
  ])('%s', (_title, direct, through, verdict) => {
    expect(compareScenario(direct, through)).toBe(verdict)
  })

  it('counts a scenario that left no checks as failed', () => {
    expect(hasFailure([])).toBe(true)
    expect(hasFailure(passed)).toBe(false)
  })
})
