import type { FastifyReply } from 'fastify';
import type { ResponseInit } from 'graphql-sse';
import { whenOver } from '#platform/http/callers.ts';
import { fault } from '#platform/errors/faults.ts';

/** How long a client may take to read the rest of its stream after the end; then it is disconnected. */
const lingerMs = 5_000;

/** A response of Server-Sent Events: graphql-sse's events, each with an id from which a client can resume. */
export class EventStream {
  readonly #reply: FastifyReply;
  readonly #bufferBytes: number;
  /** The ids of the results that are being sent, in their order. */
  readonly #ids: (string | null)[] = [];
  #startsAfter: string | null = null;
  #isOver = false;

  /** @param bufferBytes a client with more unread bytes is disconnected. */
  constructor(reply: FastifyReply, bufferBytes: number) {
    this.#reply = reply;
    this.#bufferBytes = bufferBytes;
  }

  /** Sets the id from which the client resumes if no event arrives. */
  startAfter(eventId: string | null): void {
    this.#startsAfter = eventId;
  }

  /** Sets the id of the next result. */
  willSend(eventId: unknown): void {
    this.#ids.push(typeof eventId === 'string' ? eventId : null);
  }

  /** Sends events until there are no more or the client has disconnected. */
  async send(events: AsyncGenerator<string>, { status, headers }: ResponseInit): Promise<void> {
    const { raw } = this.#reply;
    if (this.#isOver) {
      await events.return(undefined);
      throw fault('SERVICE_UNAVAILABLE', 'The router is shutting down: reconnect.');
    }
    for (const [name, value] of Object.entries(this.#reply.getHeaders())) raw.setHeader(name, value ?? '');
    this.#reply.hijack();
    whenOver(this.#reply, () => void events.return(undefined));
    raw.writeHead(status, {
      ...headers,
      // Disables buffering in proxies, which would delay the events.
      'x-accel-buffering': 'no',
      connection: 'close',
      ...(this.#startsAfter === null ? {} : { 'last-event-id': this.#startsAfter }),
    });
    if (this.#startsAfter !== null) raw.write(`id: ${this.#startsAfter}\n\n`);
    for await (const event of events) {
      if (raw.destroyed || raw.writableEnded) break;
      // A single event larger than the buffer does not disconnect the client.
      if (raw.writableLength > this.#bufferBytes) raw.destroy();
      else raw.write(this.#named(event));
    }
    this.#end();
  }

  /** Ends the response before the last event. */
  breakOff(): void {
    this.#isOver = true;
    if (this.#reply.raw.headersSent) this.#end();
  }

  #end(): void {
    const { raw } = this.#reply;
    if (raw.destroyed || raw.writableEnded) return;
    raw.end();
    const timer = setTimeout(() => raw.destroy(), lingerMs);
    raw.once('close', () => clearTimeout(timer));
  }

  #named(event: string): string {
    if (!event.startsWith('event: next\n')) return event;
    const id = this.#ids.shift() ?? null;
    return id === null ? event : `id: ${id}\n${event}`;
  }
}
