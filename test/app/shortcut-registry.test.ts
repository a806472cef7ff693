import { describe, expect, it } from 'vitest'
import { createShortcutRegistry } from '../../app/lib/shortcut-registry.ts'

function setUp(...keys: string[]) {
  const ran: string[] = []
  const registry = createShortcutRegistry()
  const add = (name: string, run = name) => registry.add({ keys: name, label: name, group: 'Test', run: () => void ran.push(run) })
  for (const name of keys) add(name)
  return { registry, ran, add }
}

describe('a shortcut', () => {
  it('of one key runs when it is pressed, and another key is left to the browser', () => {
    const { registry, ran } = setUp('c')
    expect(registry.press('c', 0)).toBe(true)
    expect(registry.press('x', 1)).toBe(false)
    expect(ran).toEqual(['c'])
  })

  it('of two keys runs when they come one soon after the other', () => {
    const { registry, ran } = setUp('g c', 'c')
    registry.press('g', 0)
    registry.press('c', 400)
    expect(ran).toEqual(['g c'])
  })

  it('of two keys is forgotten when the second comes late or is another', () => {
    const { registry, ran } = setUp('g o', 'c')
    registry.press('g', 0)
    registry.press('o', 60_000)
    registry.press('g', 60_001)
    registry.press('c', 60_002)
    expect(ran).toEqual(['c'])
  })

  it('that comes later covers the same keys until it goes', () => {
    const { registry, ran, add } = setUp('/')
    const remove = add('/', 'newer')
    registry.press('/', 0)
    remove()
    registry.press('/', 1)
    expect(ran).toEqual(['newer', '/'])
  })

  it('is listed while it is there, and listeners hear of every change', () => {
    const { registry, add } = setUp('?')
    let heard = 0
    registry.subscribe(() => void heard++)
    add('c')()
    expect(heard).toBe(2)
    expect(registry.list().map(({ keys }) => keys)).toEqual(['?'])
  })
})
