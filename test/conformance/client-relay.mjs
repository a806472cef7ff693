// What the suite starts for each of its client scenarios. It only passes the scenario on: Plugboard and those who use it
// already run, in and beside the process that `run.ts` started.
const [door, url] = process.argv.slice(2)
const { MCP_CONFORMANCE_SCENARIO: scenario, MCP_CONFORMANCE_PROTOCOL_VERSION: revision, MCP_CONFORMANCE_CONTEXT: context } = process.env
const body = JSON.stringify({ scenario, url, revision, context: context && JSON.parse(context) })
const answer = await fetch(door, { method: 'POST', body })
if (!answer.ok) {
  console.error(await answer.text())
  process.exitCode = 1
}
