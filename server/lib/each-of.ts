/** What several sources say, as it comes, each under its name. Ends when one of them does. */
export async function* eachOf<Name extends string, News>(sources: Readonly<Record<Name, AsyncGenerator<News>>>): AsyncGenerator<[Name, News]> {
  const names = Object.keys(sources) as Name[]
  const listen = async (name: Name) => ({ name, result: await sources[name].next() })
  const next = new Map(names.map((name) => [name, listen(name)]))
  for (;;) {
    const { name, result } = await Promise.race(next.values())
    if (result.done) return
    next.set(name, listen(name))
    yield [name, result.value]
  }
}
