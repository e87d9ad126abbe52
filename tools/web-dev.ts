import { join } from 'node:path';
import { createServer } from 'vite';
import { aborted } from '#local/aborted.ts';
import { project, runCommand } from '#local/command.ts';
import { readConfig } from '#local/config.ts';
import { originOf } from '#local/parts.ts';

/** The paths that the console requests from the router. */
const routerPaths = ['/graphql', '/session', '/statements', '/my-data'];

/**
 * `npm run web:dev`: serves the console from its sources and shows changes immediately. GraphQL requests go to the router
 * that `npm start` runs with the same settings.
 */
await runCommand('web:dev', async (signal) => {
  const router = originOf(readConfig(), 'router');
  const server = await createServer({
    configFile: join(project, 'web', 'vite.config.ts'),
    server: { proxy: Object.fromEntries(routerPaths.map((path) => [path, router])) },
  });
  await server.listen();
  server.printUrls();
  process.stdout.write(`  The router  ${router}\n`);
  await aborted(signal);
  await server.close();
});
