import dns from 'node:dns';
import { Socket } from 'node:net';

/**
 * Loaded into a process before anything else (`--import`): every host that it looks up or connects to becomes a line
 * `asks <host>` on standard error.
 */
const record = (host: unknown) => process.stderr.write(`asks ${String(host)}\n`);

const connect: (...args: unknown[]) => Socket = Socket.prototype.connect;
Socket.prototype.connect = function recorded(this: Socket, ...args: unknown[]) {
  // net.connect hands its arguments over as one list.
  const [target, host] = Array.isArray(args[0]) ? (args[0] as unknown[]) : args;
  const options =
    typeof target === 'object' && target !== null ? (target as { host?: string; path?: string }) : { host };
  record(options.host ?? 'localhost');
  return connect.apply(this, args);
};

for (const resolver of [dns, dns.promises]) {
  for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveTxt', 'resolveSrv'] as const) {
    const original = resolver[name] as (host: string, ...rest: unknown[]) => unknown;
    Object.assign(resolver, {
      [name]: (host: string, ...rest: unknown[]) => {
        record(host);
        return original.call(resolver, host, ...rest);
      },
    });
  }
}
