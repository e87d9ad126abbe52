import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

/**
 * Loaded into a process before anything else (`--import`): every hash of a password that it begins to derive becomes a
 * line `derives <what it costs>` on standard error.
 */
crypto.argon2 = new Proxy(crypto.argon2, {
  apply: (derive, self, args: Parameters<typeof crypto.argon2>) => {
    const [algorithm, { memory, passes, parallelism, tagLength }] = args;
    process.stderr.write(`derives ${JSON.stringify({ algorithm, memory, passes, parallelism, tagLength })}\n`);
    return Reflect.apply(derive, self, args) as unknown;
  },
});
syncBuiltinESMExports();
