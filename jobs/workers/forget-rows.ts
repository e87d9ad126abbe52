import type { Manager } from '#platform/postgres/database.ts';
import { repeat } from '#platform/process/repeat.ts';
import { errorText, type Log } from '#platform/telemetry/log.ts';
import { forgetOld as forgetInBilling } from '#billing/services/forget-old.ts';
import { forgetOld as forgetInNotification } from '#notification/services/forget-old.ts';
import { forgetOld as forgetInUser } from '#user/services/forget-old.ts';

const everyMs = 60 * 60 * 1_000;
const retryMs = 60 * 1_000;

const forgetters = { user: forgetInUser, billing: forgetInBilling, notification: forgetInNotification } as const;

export type Forgetful = keyof typeof forgetters;
export const forgetful = Object.keys(forgetters) as Forgetful[];

/** Deletes old rows of a database now and every hour, until the signal is aborted. Several processes may do so. */
export async function keepForgetting(name: Forgetful, em: Manager, log: Log, signal: AbortSignal): Promise<void> {
  await repeat(async () => await forgetters[name](em.fork(), signal), {
    everyMs,
    retryMs,
    signal,
    failed: (error) => log.warn({ database: name, reason: errorText(error) }, 'the worker cannot delete old rows'),
  });
}
