import { describe, expect, it } from 'vitest'
import { matchesWords, shownTool } from '../../app/components/connections/shown-tool.ts'

describe('a tool in a list', () => {
  it('shows the hints that its server gave, and none that it did not', () => {
    const labels = (annotations: unknown) => shownTool({ name: 't', annotations }).hints.map(({ label }) => label)
    expect(labels({ readOnlyHint: true, destructiveHint: true })).toEqual(['Read-only'])
    expect(labels({ destructiveHint: true, idempotentHint: true })).toEqual(['Destructive', 'Idempotent'])
    expect(labels({ readOnlyHint: 'true' })).toEqual([])
    expect(labels(undefined)).toEqual([])
    expect(labels('all of them')).toEqual([])
  })

  it('survives a server that puts anything anywhere', () => {
    const tool = shownTool({ name: 't', title: 7, description: ['x'], inputSchema: null })
    expect(tool).toMatchObject({ title: undefined, description: undefined, inputSchema: 'null' })
  })

  it('is cut where a server says too much', () => {
    const { description = '', inputSchema = '' } = shownTool({ name: 't', description: 'x'.repeat(1e6), inputSchema: { a: 'y'.repeat(1e6) } })
    expect(description.length + inputSchema.length).toBeLessThan(60_000)
  })

  it('is found by any words of its name, title and description', () => {
    const tool = shownTool({ name: 'create_issue', title: 'New issue', description: 'Opens an issue in a repository' })
    expect(matchesWords(tool, 'ISSUE repos')).toBe(true)
    expect(matchesWords(tool, '')).toBe(true)
    expect(matchesWords(tool, 'issue delete')).toBe(false)
  })
})
