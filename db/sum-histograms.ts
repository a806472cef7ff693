const [COMMA, OPEN, ZERO, NINE] = [0x2c, 0x5b, 0x30, 0x39]

/**
 * Place by place, of JSON arrays of whole numbers that stand one after the other (`[1,0,2],[0,4,0]`). A week of a busy
 * connection is 50,000 of them, and parsing those takes ten times as long as reading them from the database.
 */
export function sumHistograms(text: string): number[] {
  const sums: number[] = []
  let place = 0
  let number = 0
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at)
    if (char >= ZERO && char <= NINE) {
      number = number * 10 + char - ZERO
      continue
    }
    if (char === OPEN) place = 0
    else {
      sums[place] = (sums[place] ?? 0) + number
      if (char === COMMA) place++
    }
    number = 0
  }
  return sums
}
