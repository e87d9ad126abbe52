import { randomBytes } from 'node:crypto';
import { deriveJobKeys } from '#platform/messaging/job-keys.ts';
import { workerGroups } from '#subgraphs/manifest.ts';
import { runCommand } from './command.ts';

/** `npm run job-keys`: prints new job keys as the settings of each subgraph. */
await runCommand('job-keys', async () => {
  const keys = Object.entries(deriveJobKeys(randomBytes(32).toString('hex'), workerGroups));
  process.stdout.write(keys.map(([setting, value]) => `${setting}=${value}\n`).join(''));
});
