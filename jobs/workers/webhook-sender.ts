import { reachableAddresses } from '#notification/config.ts';
import type { WebhookSender } from '#notification/services/deliver-webhooks.ts';
import { webhookSecrets } from '#notification/services/webhook-secrets.ts';
import type { readConfig } from '../config.ts';

export type { WebhookSender };

type Settings = Pick<ReturnType<typeof readConfig>, 'NOTIFICATION_WEBHOOK_KEYS' | 'WEBHOOK_PRIVATE_TARGETS'>;

/** How a process sends webhooks. One without the role of notification has no keys of webhooks, and sends none. */
export function webhookSender(settings: Settings, stopping: AbortSignal): WebhookSender {
  const secrets = webhookSecrets(settings.NOTIFICATION_WEBHOOK_KEYS ?? []);
  return { secrets, reachable: reachableAddresses[settings.WEBHOOK_PRIVATE_TARGETS], stopping };
}
