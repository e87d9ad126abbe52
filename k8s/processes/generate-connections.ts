import { readFileSync } from 'node:fs';
import { Agent } from 'undici';
import { runCommand } from '#local/command.ts';
import { createLog, errorText } from '#platform/telemetry/log.ts';
import { retryUntil } from '#platform/process/retry.ts';
import { fillSecret } from './secret.ts';

/** Where Kubernetes puts what a pod needs to speak to it. */
const serviceAccount = '/var/run/secrets/kubernetes.io/serviceaccount';

/** In a cluster: makes the passwords of its PostgreSQL and Redis, once. */
await runCommand('generate-connections', async (signal) => {
  const log = createLog('generate-connections', 'info');
  const read = (name: string) => readFileSync(`${serviceAccount}/${name}`, 'utf8').trim();
  const api = {
    origin: 'https://kubernetes.default.svc',
    namespace: read('namespace'),
    token: read('token'),
    dispatcher: new Agent({ connect: { ca: read('ca.crt') } }),
  };
  const filled = await retryUntil(async () => await fillSecret(api), {
    signal,
    retry: () => true,
    failed: (error, retryInMs) => log.warn({ retryInMs, reason: errorText(error) }, 'the Secret cannot be filled'),
  });
  log.info(filled ? 'the Secret is filled' : 'the Secret was filled before');
});
