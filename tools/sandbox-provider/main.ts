import { setTimeout as delay } from 'node:timers/promises';
import { runCommand } from '#local/command.ts';
import { StartFault } from '#local/start-fault.ts';
import { httpUrl, password, readSettings, text } from '#platform/process/settings.ts';
import { startSandbox } from './server.ts';

const settings = { PROVIDER_URL: httpUrl, PROVIDER_API_KEY: password, PROVIDER_WEBHOOK_SECRET: text };
const longestMs = 2 ** 31 - 1;

/**
 * `npm run sandbox-provider`: a payment provider for trials, at the address and with the keys that the wallet has
 * (docs/extending/provider.md). The argument is the address for its events, if the router listens at another one.
 */
await runCommand('sandbox-provider', async (signal) => {
  const [eventsUrl = 'http://127.0.0.1:4000/provider/events', ...others] = process.argv.slice(2);
  if (others.length > 0 || !URL.canParse(eventsUrl)) throw new StartFault('sandbox-provider [URL for events]');
  const {
    PROVIDER_URL,
    PROVIDER_API_KEY: apiKey,
    PROVIDER_WEBHOOK_SECRET: secret,
  } = readSettings(settings, process.env);
  const sandbox = await startSandbox({ port: Number(new URL(PROVIDER_URL).port), apiKey, secret, eventsUrl });
  process.stdout.write(`The sandbox provider listens at ${sandbox.url} and posts its events to ${eventsUrl}.\n`);
  await delay(longestMs, undefined, { signal }).catch(() => undefined);
  await sandbox.close();
});
