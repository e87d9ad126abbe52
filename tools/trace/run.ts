import { setTimeout as delay } from 'node:timers/promises';
import { startOwnSystem } from '../system/own-system.ts';
import { placeOrder } from './place-order.ts';
import { type ReceivedSpan, startReceiver } from './receiver.ts';
import { printTree, treeOf } from './tree.ts';

/**
 * `npm run trace` starts a system of its own and a receiver for its traces, places an order, and prints the trace of
 * it: every step that the order took, until its customer was told and its outbox row was closed.
 */
const firstPort = 4600;
const patienceMs = 20_000;

const receiver = await startReceiver();
const system = await startOwnSystem(firstPort, { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint });
try {
  // The first order also opens connections and compiles code; the second is the one to look at.
  await placeOrder(system.url);
  await placeOrder(system.url);
  process.stdout.write(printTree(treeOf(await lastOrder(receiver.spans))));
} finally {
  await system.stop();
  await receiver.stop();
}

/** Processes send what they have recorded now and then; the closing of the outbox row is the last of it. */
async function lastOrder(spans: readonly ReceivedSpan[]): Promise<readonly ReceivedSpan[]> {
  for (const deadline = performance.now() + patienceMs; performance.now() < deadline; await delay(100)) {
    const placed = spans.filter(({ service, name }) => service === 'router' && name === 'mutation PlaceOrder');
    const trace = spans.filter(({ traceId }) => traceId === placed[1]?.traceId);
    if (trace.some(({ name }) => name === 'sql delete outbox') && placed.every(isSent(spans))) return trace;
  }
  throw new Error(`The trace of the order did not come within ${patienceMs} ms.`);
}

/** A process sends a step when it is over, and so the steps that others know of before. */
function isSent(spans: readonly ReceivedSpan[]): (placed: ReceivedSpan) => boolean {
  return ({ traceId }) => {
    const trace = spans.filter((span) => span.traceId === traceId);
    const ids = new Set(trace.map(({ spanId }) => spanId));
    return trace.every(({ parentId }) => parentId === null || ids.has(parentId));
  };
}
