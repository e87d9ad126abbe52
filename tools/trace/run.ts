import { setTimeout as delay } from 'node:timers/promises';
import { startOwnSystem } from '../system/own-system.ts';
import { placeOrder } from './place-order.ts';
import { type ReceivedSpan, startReceiver } from './receiver.ts';
import { printTree, treeOf } from './tree.ts';

/**
 * `npm run trace` starts a separate system and a receiver of traces, places an order, and prints its trace: every step
 * until the customer is notified and the outbox row is closed.
 */
const firstPort = 4600;
const timeoutMs = 20_000;

const receiver = await startReceiver();
const system = await startOwnSystem(firstPort, { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint });
try {
  // The first order also opens connections and compiles code. The trace of the second is printed.
  await placeOrder(system.url);
  await placeOrder(system.url);
  process.stdout.write(printTree(treeOf(await lastOrder(receiver.spans))));
} finally {
  await system.stop();
  await receiver.stop();
}

/** Waits for the complete trace: processes send spans in intervals, and the outbox row is closed last. */
async function lastOrder(spans: readonly ReceivedSpan[]): Promise<readonly ReceivedSpan[]> {
  for (const deadline = performance.now() + timeoutMs; performance.now() < deadline; await delay(100)) {
    const placed = spans.filter(({ service, name }) => service === 'router' && name === 'mutation PlaceOrder');
    const trace = spans.filter(({ traceId }) => traceId === placed[1]?.traceId);
    if (trace.some(({ name }) => name === 'sql delete outbox') && placed.every(isSent(spans))) return trace;
  }
  throw new Error(`The trace of the order did not arrive within ${timeoutMs} ms.`);
}

/** Whether all parents have arrived: a process sends a span when it ends, so children of other processes arrive first. */
function isSent(spans: readonly ReceivedSpan[]): (placed: ReceivedSpan) => boolean {
  return ({ traceId }) => {
    const trace = spans.filter((span) => span.traceId === traceId);
    const ids = new Set(trace.map(({ spanId }) => spanId));
    return trace.every(({ parentId }) => parentId === null || ids.has(parentId));
  };
}
