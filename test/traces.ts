import type { ReceivedSpan } from '../tools/trace/receiver.ts';
import type { Step } from '../tools/trace/tree.ts';

/** @returns the complete trace of the last order that an operation of this name placed, or null. */
export function wholeTrace(spans: readonly ReceivedSpan[], operation: string): ReceivedSpan[] | null {
  const trace = [...Map.groupBy(spans, ({ traceId }) => traceId).values()].findLast(
    (trace) => has(trace, 'router', `mutation ${operation}`) && has(trace, 'order', 'sql insert orders'),
  );
  const ids = new Set(trace?.map(({ spanId }) => spanId));
  const isWhole = trace?.every(({ parentId }) => parentId === null || ids.has(parentId)) === true;
  return isWhole && has(trace, 'jobs', 'sql delete outbox') ? trace : null;
}

/**
 * Omits the gateway's steps, since it plans an operation only at its first request.
 *
 * @returns the processes and steps of a printed trace, sorted, without times
 */
export function stepsIn(printed: string): string[] {
  const lines = printed.trimEnd().split('\n').slice(1);
  const steps = lines.map((line) => line.replace(/^ *[\d.]+ +[\d.]+ +/, ''));
  return steps.filter((step) => !step.includes('gateway.')).sort();
}

function has(trace: readonly ReceivedSpan[], process: string, step: string): boolean {
  return trace.some(({ service, name }) => service === process && name === step);
}

/** @returns the path of steps to the step of this name. */
export function pathTo(steps: readonly Step[], name: string): string[] {
  for (const { span, steps: below } of steps) {
    const here = `${span.service}: ${span.name}`;
    if (span.name === name) return [here];
    const further = pathTo(below, name);
    if (further.length > 0) return [here, ...further];
  }
  return [];
}

/** The steps of an order placed by an anonymous operation, from the request to the deletion of its outbox row. */
export const orderPath = [
  'router: mutation anonymous',
  'router: ask order',
  'order: mutation anonymous',
  'jobs: relay order outbox',
  'jobs: add settle-orders.settle-orders',
  'jobs: process settle-orders',
  'jobs: add record-outcomes.record-outcomes',
  'jobs: process record-outcomes',
  'jobs: add notify-of-orders.notify-of-orders',
  'jobs: process notify-of-orders',
  'jobs: add close-order-outbox.close-order-outbox',
  'jobs: process close-order-outbox',
  'jobs: sql delete outbox',
];

/** Statements of this trace, each with the step that executes it. */
export const orderStatements = [
  ['sql insert orders', 'order: mutation anonymous'],
  ['sql insert settlements', 'jobs: process settle-orders'],
  ['sql update refunds', 'jobs: process record-outcomes'],
  ['sql insert notifications', 'jobs: process notify-of-orders'],
] as const;
