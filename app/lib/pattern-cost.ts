// How much work a stranger's regular expression can make. Browsers match by backtracking, so `(a+)+$` against
// thirty letters stops the tab; a pattern is run only if the most that it can try is known and small.

interface Bound {
  /** Ways to match that may have to be tried one after the other. */
  ways: number
  /** Atoms once counted repetitions are written out. */
  size: number
}

const MAX_SIZE = 5_000
const QUANTIFIER = /^(?:[*+?]|\{(\d{1,4})(,(\d{1,4})?)?\})\??/
const REFUSED: Bound = { ways: Infinity, size: Infinity }

/** Steps for a text of `length`, at most; Infinity for what cannot be told (look-around, back-references, nested repetition). */
export function patternCost(pattern: string, length: number): number {
  const parser = new BoundParser(pattern, length)
  const { ways, size } = parser.alternatives()
  if (size > MAX_SIZE || !parser.atEnd) return Infinity
  const anchored = pattern.startsWith('^') && !pattern.includes('|')
  return ways * (anchored ? 1 : length + 1) + size
}

class BoundParser {
  #at = 0

  constructor(
    readonly pattern: string,
    readonly length: number,
  ) {}

  get atEnd(): boolean {
    return this.#at >= this.pattern.length
  }

  alternatives(): Bound {
    const total: Bound = { ways: 0, size: 0 }
    do {
      const one = this.#sequence()
      total.ways += one.ways
      total.size += one.size
    } while (this.#take('|'))
    return total
  }

  #sequence(): Bound {
    const total: Bound = { ways: 1, size: 1 }
    while (!this.atEnd && this.pattern[this.#at] !== '|' && this.pattern[this.#at] !== ')') {
      const one = this.#repeated(this.#atom())
      total.ways *= one.ways
      total.size += one.size
    }
    return total
  }

  #atom(): Bound {
    if (this.#take('(')) return this.#group()
    if (this.#take('[')) return this.#characterClass()
    const isEscape = this.#take('\\')
    const char = this.pattern[this.#at++]
    // A back-reference's cost depends on what it refers to.
    return isEscape && (char === undefined || /[1-9k]/.test(char)) ? REFUSED : { ways: 1, size: 1 }
  }

  #group(): Bound {
    if (this.#take('?') && !this.#take(':')) return REFUSED
    const inside = this.alternatives()
    return this.#take(')') ? inside : REFUSED
  }

  #characterClass(): Bound {
    for (; !this.atEnd; this.#at++) {
      if (this.pattern[this.#at] === '\\') this.#at++
      else if (this.#take(']')) return { ways: 1, size: 1 }
    }
    return REFUSED
  }

  #repeated(atom: Bound): Bound {
    const found = QUANTIFIER.exec(this.pattern.slice(this.#at, this.#at + 16))
    if (!found) return atom
    this.#at += found[0].length
    const { least, most } = readQuantifier(found)
    const size = atom.size * Math.max(least, Number.isFinite(most) ? most : 1, 1)
    if (least === most) return { ways: atom.ways ** least, size }
    if (most === 1) return { ways: atom.ways + 1, size }
    // Repetition of what can itself be matched in several ways is where the work explodes.
    return atom.ways === 1 ? { ways: Math.min(most - least, this.length) + 1, size } : REFUSED
  }

  #take(char: string): boolean {
    if (this.pattern[this.#at] !== char) return false
    this.#at++
    return true
  }
}

function readQuantifier([text, least, range, most]: RegExpExecArray): { least: number; most: number } {
  if (least === undefined) return { least: text.startsWith('+') ? 1 : 0, most: text.startsWith('?') ? 1 : Infinity }
  if (range === undefined) return { least: Number(least), most: Number(least) }
  return { least: Number(least), most: most === undefined ? Infinity : Number(most) }
}
