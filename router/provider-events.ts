import type { FastifyReply } from 'fastify';
import { Agent, request as send } from 'undici';
import type { Http } from '#platform/http/http.ts';
import { errorText, type Log } from '#platform/telemetry/log.ts';

const url = '/provider/events';
const longestEvent = 16_000;
const timeoutMs = 5_000;
/** The headers of Standard Webhooks. */
const signed = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;

/**
 * Forwards the events of the payment provider to billing, byte by byte: billing verifies the signature over them. Only
 * the headers of the signature are forwarded, and only the status is returned.
 */
export function serveProviderEvents(http: Http, target: string, log: Log): void {
  const dispatcher = new Agent({ connections: 8, connect: { timeout: timeoutMs } });
  http.addHook('onClose', async () => await dispatcher.close());
  void http.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/json',
      { parseAs: 'buffer', bodyLimit: longestEvent },
      (_request, body, done) => done(null, body),
    );
    scope.post(url, async ({ headers, body }, reply) => {
      const ofSignature = Object.fromEntries(signed.map((name) => [name, String(headers[name] ?? '').slice(0, 1_000)]));
      try {
        const answer = await send(target, {
          method: 'POST',
          headers: { ...ofSignature, 'content-type': 'application/json' },
          body: body as Buffer,
          dispatcher,
          headersTimeout: timeoutMs,
          bodyTimeout: timeoutMs,
        });
        await answer.body.dump();
        return await ended(reply, answer.statusCode);
      } catch (error) {
        log.warn({ reason: errorText(error) }, 'billing did not take an event of the provider');
        return await ended(reply, 503);
      }
    });
  });
}

const ended = async (reply: FastifyReply, status: number) => await reply.code(status).send();
