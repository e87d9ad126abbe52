import { z } from 'zod';
import { cipherKeys } from '#platform/identity/secret-cipher.ts';
import { configOf } from '#subgraphs/settings.ts';

/** The settings of webhooks. The server and the workers read them. */
export const webhookSettings = {
  NOTIFICATION_WEBHOOK_KEYS: cipherKeys,
  WEBHOOK_PRIVATE_TARGETS: z.enum(['allow', 'refuse'], 'must be allow or refuse').default('refuse'),
};

/** The addresses that the setting allows. */
export const reachableAddresses = { allow: 'private', refuse: 'public' } as const;

export const { settings, readConfig } = configOf('notification', webhookSettings);
