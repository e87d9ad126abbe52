import { fork } from 'node:child_process';
import { once } from 'node:events';
import { buildWebIfStale } from '../web/build.ts';

/** Builds the web console, starts the server of shared resources, and passes its settings to the tests in the environment. */
export default async function setup(): Promise<void> {
  await buildWebIfStale();
  const server = fork(new URL('shared-resources-server.ts', import.meta.url), {
    execArgv: [],
    detached: process.platform !== 'win32',
  });
  const settings = await Promise.race([once(server, 'message'), once(server, 'exit').then(() => null)]);
  if (settings === null)
    throw new Error('The server of shared resources did not start; its output above shows the reason.');
  Object.assign(process.env, settings[0]);
  globalThis.stopSharedResources = async () => {
    const exited = once(server, 'exit');
    server.disconnect();
    await exited;
  };
}

declare global {
  var stopSharedResources: () => Promise<void>;
}
