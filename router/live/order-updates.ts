import { fault } from '#platform/errors/faults.ts';
import type { WakeUps } from '#platform/messaging/wake-ups.ts';
import { isFinal } from '#platform/orders/lifecycle.ts';
import type { LiveOperation } from './operation.ts';
import type { LiveResult, Reader, Reading } from './reading.ts';

export interface OrderUpdatesOptions {
  readonly operation: LiveOperation;
  /** The order when the client subscribed. */
  readonly present: Reading;
  readonly read: Reader;
  readonly wakeUps: WakeUps;
  /** How long to wait after a failed read. */
  readonly retryMs: number;
  /** The last status that the client has received; undefined if none. */
  readonly lastEventId: string | undefined;
}

/** Yields an order now and after each change of its status, until that is final. An event's id is the status. */
export async function* orderUpdates(options: OrderUpdatesOptions): AsyncGenerator<LiveResult, void, void> {
  const { operation, present, read, wakeUps, retryMs } = options;
  let sent: unknown = options.lastEventId;
  for (let reading = present; !wakeUps.isClosed; reading = await read()) {
    if (reading.kind === 'missing') yield noSuchOrder(operation.key);
    if (reading.kind === 'refused') yield { errors: reading.errors };
    if (reading.kind === 'missing' || reading.kind === 'refused') return;
    if (reading.kind === 'found') {
      const status = reading.marks[operation.marks.status];
      if (status !== sent) yield { ...reading.result, extensions: { lastEventId: String(status) } };
      sent = status;
      if (isFinal(status)) return;
    }
    await wakeUps.wait(reading.kind === 'found' ? null : retryMs);
  }
}

export function noSuchOrder(key: string): LiveResult {
  return {
    data: null,
    errors: [
      {
        ...fault('NOT_FOUND', 'This order does not exist or is not yours.').toJSON(),
        path: [key],
        extensions: { code: 'NOT_FOUND' },
      },
    ],
  };
}
