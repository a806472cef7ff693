const DOORS = [
  { name: 'REST', path: '/connect/{namespace}/{connectionId}', use: 'Connections and tools over plain HTTP; described by /openapi.json.' },
  { name: 'tRPC', path: '/trpc', use: 'The same, typed from end to end, with batches and live status changes.' },
  { name: 'MCP', path: '/connect/{namespace}/{connectionId}/mcp', use: 'A Streamable HTTP endpoint for any MCP client.' },
]

export function Doors() {
  return (
    <section aria-labelledby="doors">
      <h2 id="doors" className="text-heading font-semibold">
        Three doors, one set of rules
      </h2>
      <dl className="mt-3 divide-y divide-line border-y border-line">
        {DOORS.map(({ name, path, use }) => (
          <div key={name} className="grid gap-x-4 gap-y-1 py-3 sm:grid-cols-[4rem_minmax(0,1fr)]">
            <dt className="font-medium">{name}</dt>
            <dd className="min-w-0">
              <code className="font-mono text-code break-words">{path}</code>
              <p className="text-small text-muted text-pretty">{use}</p>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
