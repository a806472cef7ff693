// A cache of what was looked up, for values that somebody may change while a lookup of them is under
// way. The lookup may have read the value from before the change; kept, it would outlive the change, for
// ever where nothing expires. So whatever was forgotten meanwhile costs the lookup its place here.
import { LRUCache } from 'lru-cache'

export class LookupCache<Value extends object> {
  readonly #entries: LRUCache<string, Value>
  #forgotten = 0

  constructor(max: number) {
    this.#entries = new LRUCache({ max })
  }

  get(key: string): Value | undefined {
    return this.#entries.get(key)
  }

  values(): Value[] {
    return [...this.#entries.values()]
  }

  /** What `find` finds: kept, unless anything was forgotten while it looked. What it does not find is no longer kept. */
  async lookUp(key: string, find: () => Promise<Value | undefined>): Promise<Value | undefined> {
    this.#entries.delete(key)
    const before = this.#forgotten
    const found = await find()
    // Of any key: a lookup that is done again costs less than remembering which ones are under way.
    if (found && before === this.#forgotten) this.#entries.set(key, found)
    return found
  }

  /** Before anybody is told of a change, and after it took place. */
  forget(key: string): void {
    this.#forgotten++
    this.#entries.delete(key)
  }

  /** The ones that match, and every lookup that is under way. */
  forgetWhere(matches: (value: Value, key: string) => boolean): Value[] {
    this.#forgotten++
    const gone: Value[] = []
    for (const [key, value] of this.#entries.entries()) {
      if (!matches(value, key)) continue
      gone.push(value)
      this.#entries.delete(key)
    }
    return gone
  }
}
