import type { Http } from '#platform/http/http.ts';
import type { Log } from '#platform/telemetry/log.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { type EventReader, InvalidEvent, type PaymentReport } from './provider/port.ts';
import { type Applied, applyReport } from './services/apply-report.ts';

const url = '/provider/events';
/** In bytes: the longest event of a connector has less. */
const longestEvent = 16_000;

/**
 * Takes the provider's events. The signature is checked over the body as it came, so no parser may touch it. The provider
 * sends an event again unless the answer is 204, and what was applied once is not applied again.
 */
export function serveProviderEvents(http: Http, em: Manager, events: EventReader, log: Log): void {
  void http.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/json',
      { parseAs: 'string', bodyLimit: longestEvent },
      (_request, body, done) => done(null, String(body)),
    );
    scope.post(url, async ({ headers, body }, reply) => {
      const header = (name: string) => String(headers[name] ?? '').slice(0, 1_000);
      const event = {
        id: header('webhook-id'),
        timestamp: header('webhook-timestamp'),
        signature: header('webhook-signature'),
        body: typeof body === 'string' ? body : '',
      };
      const report = read(events, event, log);
      if (report === null) return await reply.code(401).send();
      const applied = await applyReport(em.fork(), report);
      if (applied !== 'ENDED' && applied !== 'NOTHING_NEW') {
        log.warn({ applied, reference: report.reference }, 'a report of the provider is not applied');
      }
      return await reply.code(statuses[applied]).send();
    });
  });
}

/** A report that contradicts what is known is accepted: another attempt would say the same. Operators see it. */
const statuses: Readonly<Record<Applied, number>> = {
  ENDED: 204,
  NOTHING_NEW: 204,
  CONTRADICTS: 204,
  UNKNOWN: 404,
  WAITS: 503,
};

function read(events: EventReader, event: Parameters<EventReader['read']>[0], log: Log): PaymentReport | null {
  try {
    return events.read(event);
  } catch (error) {
    if (!(error instanceof InvalidEvent)) throw error;
    log.warn({ reason: error.message }, 'an event of the provider is refused');
    return null;
  }
}
