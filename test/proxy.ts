import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** What a network may do to those who talk over it. */
export interface Proxy {
  readonly port: number;
  /** Every byte takes so much longer; 0 ends that. */
  readonly delay: (ms: number) => void;
  /** Nothing passes, and nobody is told, until it is filled: then all that was sent arrives. */
  readonly openHole: () => void;
  readonly fillHole: () => void;
  /** The connections that there are carry nothing any more, and nobody is told; new ones do. */
  readonly forget: () => void;
  /** The connections that there are are reset. */
  readonly reset: () => void;
  /** The servers of the connections that there are seem to have said all that they had to say. */
  readonly halfClose: () => void;
  /** From now on each answer is reset in its middle; or no more. */
  readonly tear: (isTorn: boolean) => void;
  /** How many answers were torn. */
  readonly torn: () => number;
  readonly stop: () => Promise<void>;
}

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
  isForgotten: boolean;
}

/** Stands before a server, of this machine where nothing else is said. */
export async function startProxy(targetPort: number, targetHost = '127.0.0.1'): Promise<Proxy> {
  const pairs = new Set<Pair>();
  let [delayMs, isHole, isTearing, torn] = [0, false, false, 0];

  const end = (pair: Pair) => {
    pairs.delete(pair);
    pair.near.resetAndDestroy();
    pair.far.resetAndDestroy();
  };
  const hold = ({ near, far }: Pair) => {
    near.pause();
    far.pause();
  };

  const server = createServer((near) => {
    const pair: Pair = {
      near: near.setNoDelay(),
      far: connect(targetPort, targetHost).setNoDelay(),
      isForgotten: false,
    };
    pairs.add(pair);
    for (const [from, to] of [
      [pair.near, pair.far],
      [pair.far, pair.near],
    ] as const) {
      const pass = (act: () => void) => (delayMs > 0 ? setTimeout(act, delayMs) : act());
      from.on('data', (bytes: Buffer) => {
        if (isTearing && from === pair.far) {
          torn += 1;
          to.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => end(pair));
        } else {
          pass(() => void to.write(bytes));
        }
      });
      from.on('end', () => pass(() => void to.end()));
      from.on('error', () => to.destroy());
      from.on('close', () => {
        pairs.delete(pair);
        if (!pair.isForgotten) pass(() => void to.destroy());
      });
    }
    if (isHole) hold(pair);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');

  return {
    port: address.port,
    delay: (ms) => {
      delayMs = ms;
    },
    openHole: () => {
      isHole = true;
      for (const pair of pairs) hold(pair);
    },
    fillHole: () => {
      isHole = false;
      for (const { near, far, isForgotten } of pairs) {
        if (isForgotten) continue;
        near.resume();
        far.resume();
      }
    },
    forget: () => {
      for (const pair of pairs) {
        pair.isForgotten = true;
        hold(pair);
      }
    },
    reset: () => {
      for (const pair of pairs) end(pair);
    },
    halfClose: () => {
      for (const { near } of pairs) near.end();
    },
    tear: (isTorn) => {
      isTearing = isTorn;
    },
    torn: () => torn,
    stop: async () => {
      for (const { near, far } of pairs) {
        near.destroy();
        far.destroy();
      }
      await once(server.close(), 'close');
    },
  };
}
