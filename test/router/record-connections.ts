import dns from 'node:dns';
import { Socket } from 'node:net';

/**
 * Loaded into a process before anything else (`--import`): every host that it looks up or connects to becomes a line
 * `asks <host>` on standard error.
 */
function record(host: unknown): void {
  process.stderr.write(`asks ${String(host)}\n`);
}

Socket.prototype.connect = new Proxy(Reflect.get(Socket.prototype, 'connect'), {
  apply: (connect, socket, args: unknown[]) => {
    // net.connect passes its arguments as one list.
    const [target, host]: unknown[] = Array.isArray(args[0]) ? args[0] : args;
    record((typeof target === 'object' && target !== null && 'host' in target ? target.host : host) ?? 'localhost');
    return Reflect.apply(connect, socket, args);
  },
});

for (const resolver of [dns, dns.promises]) {
  for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveTxt', 'resolveSrv'] as const) {
    const recorded = new Proxy(Reflect.get(resolver, name), {
      apply: (resolve, self, args: unknown[]) => {
        record(args[0]);
        return Reflect.apply(resolve, self, args);
      },
    });
    Object.assign(resolver, { [name]: recorded });
  }
}
