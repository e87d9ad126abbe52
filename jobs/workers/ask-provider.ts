import { askProvider } from '#billing/services/ask-provider.ts';
import type { PaymentProvider } from '#billing/provider/port.ts';
import { sandboxProvider } from '#billing/provider/sandbox.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { repeat } from '#platform/process/repeat.ts';
import { errorText, type Log } from '#platform/telemetry/log.ts';
import type { readConfig } from '../config.ts';

const everyMs = 10_000;

type Settings = Pick<ReturnType<typeof readConfig>, 'PROVIDER_URL' | 'PROVIDER_API_KEY' | 'PROVIDER_ASK_AFTER_S'>;

/** The payment provider of the settings; null without one. */
export function providerOf({ PROVIDER_URL: url, PROVIDER_API_KEY: apiKey }: Settings): PaymentProvider | null {
  return url === undefined || apiKey === undefined ? null : sandboxProvider({ url, apiKey });
}

/** Asks the provider about silent payments, until the signal is aborted. Several processes may do so. */
export async function keepAskingProvider(config: Settings, em: Manager, log: Log, signal: AbortSignal): Promise<void> {
  const provider = providerOf(config);
  if (provider === null) return;
  await repeat(async () => await askProvider(em.fork(), provider, config.PROVIDER_ASK_AFTER_S), {
    everyMs,
    retryMs: everyMs,
    signal,
    failed: (error) => log.warn({ reason: errorText(error) }, 'the worker cannot ask the provider'),
  });
}
