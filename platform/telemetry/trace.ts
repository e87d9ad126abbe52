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
 * The W3C trace context of a request or a job, across processes. It exists whether or not traces are recorded, so that
 * `traceId` joins the log lines of all processes. Without recording (telemetry.ts) a span costs nothing and stands for its
 * parent.
 *
 * @see https://www.w3.org/TR/trace-context/
 */
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());

// For libraries that record traces, such as the queue's.
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

/** Whether this process records spans. */
export function isRecordingTraces(): boolean {
  return recording;
}

/** Starts to record spans. */
export function recordTraces(): void {
  recording = true;
}

const noSpan = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);

/** Returns the current trace; null outside any trace. */
export function currentTrace(): SpanContext | null {
  return traceOf(context.active());
}

function traceOf(within: Context): SpanContext | null {
  const spanContext = trace.getSpanContext(within);
  return spanContext !== undefined && isSpanContextValid(spanContext) ? spanContext : null;
}

/** Returns the current trace as a `traceparent` header; null outside any trace. */
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

/** Parses a `traceparent` header of version 00. Returns null if it is malformed. */
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
  /** Other traces that the span belongs to, in addition to its parent. */
  readonly links?: readonly SpanContext[];
}

/** Runs `work` in a new span of the current trace. If it throws, the span is marked as failed. */
export function traced<Result>(
  name: string,
  options: SpanOptions,
  work: (span: Span) => Promise<Result>,
): Promise<Result> {
  // Saves a promise for each call while nothing is recorded.
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

/** Runs `work` in the trace of `parent`, or in no trace if it is null. */
export function withinTrace<Result>(parent: SpanContext | null, work: () => Result): Result {
  return context.with(contextBelow(parent), work);
}

/** Starts a trace, or continues that of `parent`. Returns the context of its work and the span, which the caller ends. */
export function beginTrace(name: string, parent: SpanContext | null): { within: Context; span: Span } {
  if (!recording) return { within: contextBelow(parent ?? newTrace()), span: noSpan };
  const below = contextBelow(parent);
  const started = tracer.startSpan(name, { kind: SpanKind.SERVER }, below);
  return { within: trace.setSpan(below, started), span: started };
}

function contextBelow(parent: SpanContext | null): Context {
  return parent === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, parent);
}

/** A trace that is not recorded. */
function newTrace(): SpanContext {
  return { traceId: randomId(16), spanId: randomId(8), traceFlags: TraceFlags.NONE };
}

/** One call for thousands of random bytes is cheaper than a call for each id. */
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

/** The name of an error. Its message may contain personal data. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'fault';
}
