import { randomBytes } from 'node:crypto';
import { deriveJobKeys } from '#platform/messaging/job-keys.ts';
import { runCommand } from './command.ts';

/** `npm run job-keys`: writes new keys for jobs, as the settings of each subgraph. */
await runCommand('job-keys', async () => {
  const keys = Object.entries(deriveJobKeys(randomBytes(32).toString('hex')));
  process.stdout.write(keys.map(([setting, value]) => `${setting}=${value}\n`).join(''));
});
