import { describe, expect, it } from 'vitest'
import { coversResource, resourceIndicator } from '../../../../server/oauth/discovery/resource-indicator.ts'

describe('the resource that tokens are asked for', () => {
  it.each([
    ['https://mcp.example', 'https://mcp.example'],
    ['https://MCP.example:443/', 'https://mcp.example'],
    ['https://mcp.example/mcp/', 'https://mcp.example/mcp'],
    ['https://mcp.example:8443/a/b?key=secret#part', 'https://mcp.example:8443/a/b'],
  ])('of %s is %s', (mcpUrl, resource) => expect(resourceIndicator(new URL(mcpUrl))).toBe(resource))
})

describe('metadata for a resource', () => {
  const mcpUrl = new URL('https://mcp.example/team/mcp')

  it.each(['https://mcp.example/team/mcp', 'https://mcp.example/team/mcp/', 'https://mcp.example/team', 'https://mcp.example', 'https://MCP.EXAMPLE:443/'])(
    'speaks of a server there or below: %s',
    (resource) => expect(coversResource(resource, mcpUrl)).toBe(true),
  )

  it.each([
    'https://mcp.example/team/mcp2',
    'https://mcp.example/team/mc',
    'https://mcp.example/team/mcp/deeper',
    'https://mcp.example/Team/mcp',
    'https://mcp.example/other/../teams',
    'http://mcp.example/team/mcp',
    'https://mcp.example:8443/team/mcp',
    'https://evil.example/team/mcp',
    'https://mcp.example.evil.example/team/mcp',
    'https://mcp.example@evil.example/team/mcp',
    'https://user@mcp.example/team/mcp',
    'https://mcp.example/team/mcp#part',
    'team/mcp',
    '',
    undefined,
    null,
    7,
    ['https://mcp.example/team/mcp'],
  ])('does not speak of another: %s', (resource) => expect(coversResource(resource, mcpUrl)).toBe(false))
})
