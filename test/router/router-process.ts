import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { machineEnvironment } from '#test/machine-environment.ts';
import { executionSettings } from './execution-settings.ts';

const recorder = fileURLToPath(new URL('record-connections.ts', import.meta.url));

/** Starts the router as a separate process, with these settings only. */
export function startRouterProcess(settings: NodeJS.ProcessEnv) {
  const child = fork(new URL('../../router/server.ts', import.meta.url), {
    execArgv: ['--import', recorder],
    env: { ...machineEnvironment, ...executionSettings, ...settings },
    silent: true,
  });
  const output = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  const exited = once(child, 'close').then(([code]: (number | null)[]) => code);

  return {
    output,
    exited,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    /** Settles when the router logs that it listens. */
    listening: async () => {
      while (!output.stdout.includes('"listening"')) {
        const ended = await Promise.race([exited.then(() => true), once(child.stdout!, 'data').then(() => false)]);
        if (ended) throw new Error(`The router did not start: ${output.stderr}${output.stdout}`);
      }
    },
    /** The hosts to which it has connected, without duplicates. */
    askedHosts: () => [...new Set(output.stderr.match(/(?<=^asks ).+/gm))],
  };
}
