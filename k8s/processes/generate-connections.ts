import { readFileSync } from 'node:fs';
import { Agent } from 'undici';
import { runCommand } from '#local/command.ts';
import { createLog, errorText } from '#platform/telemetry/log.ts';
import { retryUntil } from '#platform/process/retry.ts';
import { fillSecret } from './secret.ts';

/** The folder with the credentials that Kubernetes gives a pod for its API. */
const serviceAccount = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Generates the passwords of a cluster's PostgreSQL and Redis, once, and fills the Secret `connections`. */
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
    failed: (error, retryInMs) => log.warn({ retryInMs, reason: errorText(error) }, 'could not fill the Secret'),
  });
  log.info(filled ? 'filled the Secret' : 'the Secret was already filled');
});
