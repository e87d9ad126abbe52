import { fork } from 'node:child_process';
import { once } from 'node:events';
import { buildWebIfStale } from '../web/build.ts';

/** Builds the web console, starts what all tests stand on (ground.ts), and tells the tests through the environment where it is. */
export default async function setup(): Promise<void> {
  await buildWebIfStale();
  const ground = fork(new URL('ground.ts', import.meta.url), { execArgv: [], detached: process.platform !== 'win32' });
  const started = await Promise.race([once(ground, 'message'), once(ground, 'exit').then(() => null)]);
  if (started === null) throw new Error('The tests have no ground to stand on: what it wrote above says why.');
  Object.assign(process.env, started[0]);
  globalThis.stopTestGround = async () => {
    const gone = once(ground, 'exit');
    ground.disconnect();
    await gone;
  };
}

declare global {
  var stopTestGround: () => Promise<void>;
}
