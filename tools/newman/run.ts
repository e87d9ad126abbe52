import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import newman from 'newman';
import { runCommand } from '#local/command.ts';
import { readConfig } from '#local/config.ts';
import { originOf } from '#local/parts.ts';
import { StartFault } from '#local/start-fault.ts';
import { errorText } from '#platform/telemetry/log.ts';
import { httpUrl } from '#platform/process/settings.ts';
import { reportRun } from './report-run.ts';

/**
 * `npm run newman` runs the Postman collection against a running system and shows each request with its answer. The
 * system is the one that `npm start` runs with the same settings, or the one at `-- --base-url`. Exits with 1 at the
 * first failed assertion, since each step depends on the previous ones.
 */

const answerTimeoutMs = 30_000;

const fileOf = (name: string) => fileURLToPath(new URL(`../../postman/${name}`, import.meta.url));

await runCommand('newman', async () => {
  const failures = await runCollection(readArguments());
  if (failures > 0) process.exitCode = 1;
});

interface Options {
  readonly baseUrl: string;
  readonly folder: string | undefined;
  /** Variables of the collection, such as the key of the development inbox. */
  readonly variables: readonly { readonly key: string; readonly value: string }[];
}

function readArguments(): Options {
  const { 'base-url': option, folder, 'env-var': given = [] } = parsedArguments();
  const baseUrl = httpUrl.safeParse(option ?? originOf(readConfig(), 'router'));
  if (!baseUrl.success) throw new StartFault('--base-url must be a URL such as http://127.0.0.1:4000');
  return { baseUrl: baseUrl.data.replace(/\/$/, ''), folder, variables: given.map(variableOf) };
}

function parsedArguments() {
  try {
    const options = {
      'base-url': { type: 'string' },
      folder: { type: 'string' },
      'env-var': { type: 'string', multiple: true },
    } as const;
    return parseArgs({ options }).values;
  } catch (error) {
    throw new StartFault(
      `${errorText(error)}\nUsage: npm run newman -- [--base-url http://…] [--folder name] [--env-var name=value]…`,
    );
  }
}

function variableOf(text: string): Options['variables'][number] {
  const [, key, value] = /^(\w+)=(.*)$/s.exec(text) ?? [];
  if (key === undefined || value === undefined) throw new StartFault('--env-var must be name=value');
  return { key, value };
}

/** @returns the number of failed assertions and requests. */
async function runCollection({ baseUrl, folder, variables }: Options): Promise<number> {
  return await new Promise((resolve, reject) => {
    const run = newman.run(
      {
        collection: fileOf('wallet-and-orders.postman_collection.json'),
        environment: fileOf('wallet-and-orders.postman_environment.json'),
        envVar: [{ key: 'baseUrl', value: baseUrl }, ...variables],
        folder,
        bail: true,
        reporters: [],
        timeoutRequest: answerTimeoutMs,
      },
      (error, summary) => {
        if (error === null) resolve(summary.run.failures.length);
        else reject(new StartFault(`The collection cannot be run: ${error.message}`, { cause: error }));
      },
    );
    reportRun(run, process.stdout);
  });
}
