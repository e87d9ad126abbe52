import { fork } from 'node:child_process';
import { once } from 'node:events';
import { settingName } from '#platform/process/setting-names.ts';
import type { SubgraphName } from '#subgraphs/manifest.ts';
import { freePorts } from './free-ports.ts';
import { jobKeySettings } from './job-keys.ts';
import { machineEnvironment } from './machine-environment.ts';
import { until } from './until.ts';

export interface SubgraphProcess {
  /** The GraphQL endpoint. */
  readonly url: string;
  readonly origin: string;
  /** Its output so far. */
  readonly output: () => string;
  readonly stop: () => Promise<void>;
}

/** Starts a subgraph as a separate process with these additional settings. Waits until it is ready, or only live. */
export async function startSubgraphProcess(
  name: SubgraphName,
  settings: Readonly<Record<string, string>>,
  state: 'ready' | 'live' = 'ready',
): Promise<SubgraphProcess> {
  const [port, managementPort] = await freePorts(2);
  const origin = `http://127.0.0.1:${port}`;
  const child = fork(new URL(`../subgraphs/${name}/server.ts`, import.meta.url), {
    execArgv: [],
    env: {
      ...machineEnvironment,
      [settingName(name, 'PORT')]: String(port),
      [settingName(name, 'MANAGEMENT_PORT')]: String(managementPort),
      ...jobKeySettings,
      ...settings,
    },
    silent: true,
  });
  const exited = once(child, 'close');
  let output = '';
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }

  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
  };
  try {
    await until(`the ${name} subgraph to be ${state}`, async () => {
      if (child.exitCode !== null) throw new Error(`The ${name} subgraph did not start: ${output}`);
      return await fetch(`http://127.0.0.1:${managementPort}/health/${state}`).then(
        ({ ok }) => ok,
        () => false,
      );
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `${origin}/graphql`, origin, output: () => output, stop };
}
