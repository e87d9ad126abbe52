import { randomFillSync } from 'node:crypto';
import {
  type Attributes,
  type Context,
  context,
  INVALID_SPAN_CONTEXT,
  isSpanContextValid,
  type Link,
  propagation,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';

/**
 * What belongs to one request or one job, across processes: W3C trace context, which is there whether or not traces
 * are recorded, so that log lines of all processes can be brought together by `traceId`. Where nothing is recorded
 * (telemetry.ts), a span costs nothing and stands for its parent.
 *
 * @see https://www.w3.org/TR/trace-context/
 */
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());

// For what others record, such as the queue's library.
propagation.setGlobalPropagator({
  inject: (within, carrier, setter) => {
    const traceparent = traceparentOf(within);
    if (traceparent !== null) setter.set(carrier, 'traceparent', traceparent);
  },
  extract: (within, carrier, getter) => {
    const parent = parseTraceparent(getter.get(carrier, 'traceparent'));
    return parent === null ? within : trace.setSpanContext(within, parent);
  },
  fields: () => ['traceparent'],
});

const tracer = trace.getTracer('wallet-and-orders');

let recording = false;

/** Whether steps are recorded in this process. */
export function isRecordingTraces(): boolean {
  return recording;
}

/** From now on steps are recorded: there is somebody who sends them on. */
export function recordTraces(): void {
  recording = true;
}

const noSpan = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);

/** The trace that the caller is part of; null outside of any. */
export function currentTrace(): SpanContext | null {
  return traceOf(context.active());
}

function traceOf(within: Context): SpanContext | null {
  const spanContext = trace.getSpanContext(within);
  return spanContext !== undefined && isSpanContextValid(spanContext) ? spanContext : null;
}

/** The same as a `traceparent` header; null outside of any trace. */
export function currentTraceparent(): string | null {
  return traceparentOf(context.active());
}

function traceparentOf(within: Context): string | null {
  const spanContext = traceOf(within);
  if (spanContext === null) return null;
  return `00-${spanContext.traceId}-${spanContext.spanId}-0${spanContext.traceFlags & TraceFlags.SAMPLED}`;
}

const traceparentCharacters = 55;
const wellFormed = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-0([01])$/;

/** What a `traceparent` says; null where it is not well-formed. */
export function parseTraceparent(traceparent: unknown): SpanContext | null {
  const isText = typeof traceparent === 'string' && traceparent.length === traceparentCharacters;
  const match = isText ? wellFormed.exec(traceparent) : null;
  if (match === null) return null;
  const [, traceId, spanId, flag] = match;
  return { traceId: traceId!, spanId: spanId!, traceFlags: Number(flag), isRemote: true };
}

export interface SpanOptions {
  readonly kind?: SpanKind;
  readonly attributes?: Attributes;
  /** What it belongs to beside its parent. */
  readonly links?: readonly SpanContext[];
}

/** Does this as a step of the trace that the caller is part of. What it throws marks the step as failed. */
export function traced<Result>(
  name: string,
  options: SpanOptions,
  work: (span: Span) => Promise<Result>,
): Promise<Result> {
  // Without a promise of its own, where nothing is recorded: most requests are not.
  if (!recording) return work(noSpan);
  return tracer.startActiveSpan(name, spanOptions(options), async (span) => {
    try {
      return await work(span);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: nameOf(error) });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Does this as part of another's trace; as part of none where `parent` is null. */
export function withinTrace<Result>(parent: SpanContext | null, work: () => Result): Result {
  return context.with(contextBelow(parent), work);
}

/** A trace that begins here or goes on here: the context for its work, and the span, which the caller has to end. */
export function beginTrace(name: string, parent: SpanContext | null): { within: Context; span: Span } {
  if (!recording) return { within: contextBelow(parent ?? newTrace()), span: noSpan };
  const below = contextBelow(parent);
  const started = tracer.startSpan(name, { kind: SpanKind.SERVER }, below);
  return { within: trace.setSpan(below, started), span: started };
}

function contextBelow(parent: SpanContext | null): Context {
  return parent === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, parent);
}

/** Of a trace that nobody records. */
function newTrace(): SpanContext {
  return { traceId: randomId(16), spanId: randomId(8), traceFlags: TraceFlags.NONE };
}

/** Random bytes are had more cheaply by the thousand. */
const randomBytes = Buffer.alloc(4_096);
let usedBytes = randomBytes.length;

function randomId(bytes: number): string {
  if (usedBytes + bytes > randomBytes.length) {
    randomFillSync(randomBytes);
    usedBytes = 0;
  }
  usedBytes += bytes;
  return randomBytes.toString('hex', usedBytes - bytes, usedBytes);
}

function spanOptions({ kind = SpanKind.INTERNAL, attributes = {}, links = [] }: SpanOptions) {
  return { kind, attributes, links: links.map((context): Link => ({ context })) };
}

/** Not the message, which may have something of a person in it. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'fault';
}
