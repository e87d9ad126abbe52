import { connectionsOf } from '#k8s/processes/connections.ts';
import type { Overlay } from './render.ts';

/**
 * What the Secret `connections` holds, by overlay: in the cluster of `local` a Job generates it; for `production` it
 * is provided, as docs/kubernetes.md says, and reaches servers outside the cluster.
 */
export const connections: Readonly<Record<Overlay, Readonly<Record<string, string>>>> = {
  local: connectionsOf({ postgres: 'secret', redis: 'secret' }),
  production: {
    USER_DATABASE_URL: 'postgresql://user:secret@postgres.example:5432/user',
    BILLING_DATABASE_URL: 'postgresql://billing:secret@postgres.example:5432/billing',
    ORDER_DATABASE_URL: 'postgresql://order:secret@postgres.example:5432/order',
    NOTIFICATION_DATABASE_URL: 'postgresql://notification:secret@postgres.example:5432/notification',
    REDIS_URL: 'rediss://:secret@redis.example:6379',
    SMTP_URL: 'smtp://wallet:secret@mail.example:587',
  },
};
