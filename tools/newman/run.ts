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
 * `npm run newman` runs the Postman collection against a running system and shows what each request sent and got.
 * It asks the system that `npm start` starts with the same settings, or the one that `-- --base-url` names; ends with
 * 1 at the first assertion that fails, since each step stands on the ones before it.
 */

const answerTimeoutMs = 30_000;

const fileOf = (name: string) => fileURLToPath(new URL(`../../postman/${name}`, import.meta.url));

await runCommand('newman', async () => {
  const failures = await runCollection(readArguments());
  if (failures > 0) process.exitCode = 1;
});

interface Asked {
  readonly baseUrl: string;
  readonly folder: string | undefined;
}

function readArguments(): Asked {
  const { 'base-url': named, folder } = parsedArguments();
  const baseUrl = httpUrl.safeParse(named ?? originOf(readConfig(), 'router'));
  if (!baseUrl.success) throw new StartFault('--base-url must be an address such as http://127.0.0.1:4000');
  return { baseUrl: baseUrl.data.replace(/\/$/, ''), folder };
}

function parsedArguments() {
  try {
    return parseArgs({ options: { 'base-url': { type: 'string' }, folder: { type: 'string' } } }).values;
  } catch (error) {
    throw new StartFault(`${errorText(error)}\nUsage: npm run newman -- [--base-url http://…] [--folder name]`);
  }
}

/** How many assertions and requests have failed. */
async function runCollection({ baseUrl, folder }: Asked): Promise<number> {
  return await new Promise((resolve, reject) => {
    const run = newman.run(
      {
        collection: fileOf('wallet-and-orders.postman_collection.json'),
        environment: fileOf('wallet-and-orders.postman_environment.json'),
        envVar: [{ key: 'baseUrl', value: baseUrl }],
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
