import { SpanKind, trace } from '@opentelemetry/api';
import type { Sampler, SamplingDecision as Decision } from '@opentelemetry/sdk-trace';
import { errorText, type Log } from './log.ts';
import { recordTraces } from './trace.ts';

let stop: (() => Promise<void>) | null = null;

/**
 * Records traces and sends them to an OTLP endpoint over HTTP. Without an endpoint it does nothing and loads no module.
 * Call it before the rest of the process starts.
 *
 * @param endpoint the base URL of OTLP's paths, such as `http://127.0.0.1:4318`.
 */
export async function startTelemetry(service: string, endpoint: string | undefined, log: Log): Promise<void> {
  if (endpoint === undefined) return;
  const { BatchSpanProcessor, ParentBasedSampler, SamplingDecision, TracerProvider } =
    await import('@opentelemetry/sdk-trace');
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const { resourceFromAttributes } = await import('@opentelemetry/resources');
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service, 'service.namespace': 'wallet-and-orders' }),
    sampler: new ParentBasedSampler({ root: onlyRequests(SamplingDecision) }),
    spanLimits: { linkCountLimit: maxLinks },
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: sendEveryMs })],
  });
  trace.setGlobalTracerProvider(provider);
  recordTraces();
  stop = async () => {
    try {
      await provider.shutdown();
    } catch (error) {
      log.warn({ reason: errorText(error) }, 'the last traces could not be sent');
    }
  };
}

/** Sends the remaining spans. */
export async function stopTelemetry(): Promise<void> {
  await stop?.();
}

const sendEveryMs = 1_000;

/** The number of rows that a relay dispatches together (jobs/relay.ts). */
const maxLinks = 900;

/** Traces start with a request. Background work of the relay and of the queue's library starts none. */
function onlyRequests({ RECORD_AND_SAMPLED, NOT_RECORD }: typeof Decision): Sampler {
  return {
    shouldSample: (_context, _traceId, _name, kind) => ({
      decision: kind === SpanKind.SERVER ? RECORD_AND_SAMPLED : NOT_RECORD,
    }),
    toString: () => 'only requests',
  };
}
