import { describe, expect, it } from 'vitest'
import { csvCell, csvHeading, csvLine } from '../../../server/history/audit-csv.ts'

describe('a cell', () => {
  it.each([
    ['plain', 'plain'],
    ['with, a comma', '"with, a comma"'],
    ['with "quotes"', '"with ""quotes"""'],
    ['two\nlines', '"two\nlines"'],
    ['=HYPERLINK("https://evil.example.com")', `"'=HYPERLINK(""https://evil.example.com"")"`],
    ['+1', `'+1`],
    ['-1', `'-1`],
    ['@SUM(A1)', `'@SUM(A1)`],
    ['\t=1', `'\t=1`],
    ['\r=1', `"'\r=1"`],
    [17, '17'],
    [-17, '-17'],
    [null, ''],
  ])('%j is written so that a spreadsheet reads it as text: %j', (value, written) => {
    expect(csvCell(value)).toBe(written)
  })
})

it('a line has a cell for each heading', () => {
  const line = csvLine({
    seq: 1,
    at: '2027-01-15T08:00:00.000Z',
    actor: { kind: 'member', id: 'mem_1', name: 'Ada' },
    action: 'key.create',
    target: { kind: 'api_key', id: 'key_1' },
    namespace: null,
    result: 'ok',
    code: null,
    address: '192.0.2.7',
    userAgent: 'curl',
    requestId: 'req_1',
    details: { name: 'CI' },
  })
  expect(line).toBe('1,2027-01-15T08:00:00.000Z,member,mem_1,Ada,key.create,api_key,key_1,,ok,,192.0.2.7,curl,req_1,"{""name"":""CI""}"')
  expect(csvHeading.split(',')).toHaveLength(15)
})
