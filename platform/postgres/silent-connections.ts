import type { Duplex } from 'node:stream';
import type pg from 'pg';

/** A connection that waits for notifications receives nothing for hours, whether or not the server still exists. */
const checkEveryMs = 5_000;
const answersWithinMs = 5_000;

/**
 * Checks every five seconds that the server of a listening connection responds, and breaks the connection if it does
 * not: the connection then emits `error`, as after a reset. TCP keep-alive finds a lost host, but not an address that
 * accepts data and does not respond, as a proxy or a load balancer without a server does.
 *
 * @param query executes a statement in its turn. Default: at once.
 */
export function breakWhenSilent(
  client: pg.ClientBase,
  query: (text: string) => Promise<unknown> = async (text) => await client.query(text),
): void {
  let timer: NodeJS.Timeout | undefined;
  let isOpen = true;
  const stop = () => {
    isOpen = false;
    clearTimeout(timer);
  };
  for (const event of ['end', 'error'] as const) client.once(event, stop);
  const check = async () => {
    const silence = setTimeout(() => destroy(client), answersWithinMs).unref();
    try {
      await query('select 1');
    } catch {
      // A lost connection has emitted `error`. A statement that failed has a response.
    } finally {
      clearTimeout(silence);
    }
    if (isOpen) schedule();
  };
  const schedule = () => {
    timer = setTimeout(() => void check(), checkEveryMs).unref();
  };
  schedule();
}

/** `end` would wait for a response. pg's types omit the socket. */
function destroy(client: pg.ClientBase): void {
  const { stream } = (client as pg.ClientBase & { readonly connection: { readonly stream: Duplex } }).connection;
  stream.destroy(new Error('The server of a listening connection does not respond.'));
}
