import type { FastifyReply } from 'fastify';
import type { ResponseInit } from 'graphql-sse';
import { whenOver } from '#platform/http/callers.ts';
import { fault } from '#platform/errors/faults.ts';

/** A client that has not read what is left of its stream so long after the end is dropped. */
const lingerMs = 5_000;

/** An answer of Server-Sent Events: graphql-sse's, and an id with each event that a client can resume after. */
export class EventStream {
  readonly #reply: FastifyReply;
  readonly #bufferBytes: number;
  /** Of the results that are on their way, in their order. */
  readonly #ids: (string | null)[] = [];
  #startsAfter: string | null = null;
  #isOver = false;

  /** @param bufferBytes a client that leaves more unread is dropped. */
  constructor(reply: FastifyReply, bufferBytes: number) {
    this.#reply = reply;
    this.#bufferBytes = bufferBytes;
  }

  /** What the client would resume after if no event came. */
  startAfter(eventId: string | null): void {
    this.#startsAfter = eventId;
  }

  /** Names the next result. */
  willSend(eventId: unknown): void {
    this.#ids.push(typeof eventId === 'string' ? eventId : null);
  }

  /** Sends all events as they come; resolves when there are no more, or nobody who reads them. */
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
      // A proxy that collects answers would keep them from the client.
      'x-accel-buffering': 'no',
      connection: 'close',
      ...(this.#startsAfter === null ? {} : { 'last-event-id': this.#startsAfter }),
    });
    if (this.#startsAfter !== null) raw.write(`id: ${this.#startsAfter}\n\n`);
    for await (const event of events) {
      if (raw.destroyed || raw.writableEnded) break;
      // An event that is larger than the buffer is no fault of the client's.
      if (raw.writableLength > this.#bufferBytes) raw.destroy();
      else raw.write(this.#named(event));
    }
    this.#end();
  }

  /** Ends the answer in the middle. */
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
