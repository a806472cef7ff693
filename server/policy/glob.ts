const MAX_TEXT = 1000

/** `*` stands for any characters, also none; everything else for itself. In one pass over the text, whatever the glob. */
export function compileGlob(glob: string): (text: string) => boolean {
  const [head = '', ...rest] = glob.split('*')
  const tail = rest.pop()
  if (tail === undefined) return (text) => text === glob
  return (text) => {
    if (text.length > MAX_TEXT || text.length < head.length + tail.length || !text.startsWith(head) || !text.endsWith(tail)) return false
    const end = text.length - tail.length
    let at = head.length
    for (const part of rest) {
      const found = text.indexOf(part, at)
      if (found < 0 || found + part.length > end) return false
      at = found + part.length
    }
    return true
  }
}
