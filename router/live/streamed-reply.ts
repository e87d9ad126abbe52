import type { FastifyReply } from 'fastify';
import { whenOver } from '#platform/http/callers.ts';
import { fault } from '#platform/errors/faults.ts';

/** How long a client may take to read the rest of its stream after the end; then it is disconnected. */
const lingerMs = 5_000;

/** The body of a streamed response, and its head. */
export interface Streamed {
  readonly headers: Readonly<Record<string, string>>;
  readonly chunks: AsyncIterable<string>;
  /** Ends the chunks, even while they wait. */
  readonly end: () => void;
}

/** A response that is sent in chunks until there are no more, the client disconnects, or the router stops. */
export class StreamedReply {
  readonly #reply: FastifyReply;
  readonly #bufferBytes: number;
  #isOver = false;

  /** @param bufferBytes a client with more unread bytes is disconnected. */
  constructor(reply: FastifyReply, bufferBytes: number) {
    this.#reply = reply;
    this.#bufferBytes = bufferBytes;
  }

  async send({ headers, chunks, end }: Streamed): Promise<void> {
    const { raw } = this.#reply;
    if (this.#isOver) {
      end();
      throw fault('SERVICE_UNAVAILABLE', 'The router is shutting down: reconnect.');
    }
    for (const [name, value] of Object.entries(this.#reply.getHeaders())) raw.setHeader(name, value ?? '');
    this.#reply.hijack();
    whenOver(this.#reply, end);
    raw.writeHead(200, {
      ...headers,
      // Disables buffering in proxies, which would delay the events.
      'x-accel-buffering': 'no',
      connection: 'close',
    });
    for await (const chunk of chunks) {
      if (raw.destroyed || raw.writableEnded) break;
      // A single chunk larger than the buffer does not disconnect the client.
      if (raw.writableLength > this.#bufferBytes) raw.destroy();
      else raw.write(chunk);
    }
    this.#end();
  }

  /** Ends the response before the last chunk. */
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
}
