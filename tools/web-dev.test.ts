import { createServer } from 'node:http';
import { once } from 'node:events';
import { expect, test } from '@jest/globals';
import { runFile } from '../test/command.ts';
import { portOf } from '../test/free-ports.ts';

test('npm run web:dev forwards requests to the router on ROUTER_PORT', async () => {
  const router = createServer((request, response) => void response.end(`the router received ${request.url}`));
  await once(router.listen(0, '127.0.0.1'), 'listening');
  const command = runFile('tools/web-dev.ts', { ROUTER_PORT: String(portOf(router)) });
  try {
    await command.says(/Local: +http:\S+\//);
    const [origin] = /http:\S+\//.exec(command.output())!;

    const answer = await fetch(new URL('/graphql', origin));

    expect(await answer.text()).toBe('the router received /graphql');
  } finally {
    command.kill('SIGTERM');
    await command.exit;
    router.close();
  }
});
