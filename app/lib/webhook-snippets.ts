// What a receiver does with a message, in lines to copy. The secret stays in its environment.

export const verifySnippet: string = [
  `import { createServer } from 'node:http'`,
  `import { text } from 'node:stream/consumers'`,
  `import { Webhook } from 'standardwebhooks'`,
  '',
  'const webhook = new Webhook(process.env.PLUGBOARD_WEBHOOK_SECRET)',
  '',
  'createServer(async (request, response) => {',
  '  try {',
  '    // The body as it came: parsed and written again it is another text.',
  '    const event = webhook.verify(await text(request), request.headers)',
  '    console.log(event.type, event.data.connectionId)',
  '    response.writeHead(204).end()',
  '  } catch {',
  '    response.writeHead(401).end()',
  '  }',
  '}).listen(4000)',
].join('\n')
