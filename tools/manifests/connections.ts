import { databaseUrls, settingsOf } from '#local/credentials.ts';
import { connectionsOf } from '#k8s/processes/connections.ts';
import { redisSettingOf, redisUrlOf, redisUsers } from '#local/redis-users.ts';
import { deriveJobKeys } from '#platform/messaging/job-keys.ts';
import { workerGroups } from '#subgraphs/manifest.ts';
import type { Overlay } from './render.ts';

const [factorKey, webhookKey] = ['0'.repeat(64), '1'.repeat(64)];

/** The database URLs on an operator's server, with the roles that docs/kubernetes.md names. */
const ofServer = settingsOf(databaseUrls('postgresql://postgres:secret@postgres.example:5432/postgres'));

/**
 * The data of the Secret `connections` by overlay. In `local` a Job generates them. In `production` the operator
 * provides them (docs/kubernetes.md), with the URLs of servers outside the cluster.
 */
export const connections: Readonly<Record<Overlay, Readonly<Record<string, string>>>> = {
  local: connectionsOf({ postgres: 'secret', redis: 'secret', factorKey, webhookKey }),
  production: {
    ...ofServer,
    ...deriveJobKeys('secret', workerGroups),
    ...Object.fromEntries(
      redisUsers.map((user) => [redisSettingOf(user), redisUrlOf('rediss://redis.example:6379', user, 'secret')]),
    ),
    USER_FACTOR_KEYS: factorKey,
    NOTIFICATION_WEBHOOK_KEYS: webhookKey,
    SMTP_URL: 'smtp://wallet:secret@mail.example:587',
    MCP_SECRET: 'a-secret-of-the-routers',
  },
};
