import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A TCP proxy that injects network faults. */
export interface Proxy {
  readonly port: number;
  /** Delays all data; 0 ends the delay. */
  readonly delay: (ms: number) => void;
  /** Holds all data without closing connections. `closeBlackHole` delivers what was held. */
  readonly openBlackHole: () => void;
  readonly closeBlackHole: () => void;
  /** Existing connections carry no more data, and neither side is notified. New connections work. */
  readonly dropSilently: () => void;
  /** As `dropSilently`; and new connections are accepted, and get no response, until `forwardTo`. */
  readonly goSilent: () => void;
  /** New connections lead to this port. */
  readonly forwardTo: (port: number) => void;
  /** Resets the existing connections. */
  readonly reset: () => void;
  /** Ends the server's side of the existing connections. */
  readonly halfClose: () => void;
  /** Switches a fault on or off: half of each answer is forwarded, then the connection is reset. */
  readonly truncateAnswers: (isOn: boolean) => void;
  /** @returns the number of truncated answers. */
  readonly truncatedAnswers: () => number;
  readonly stop: () => Promise<void>;
}

interface Pair {
  readonly inbound: Socket;
  readonly outbound: Socket;
  isDropped: boolean;
}

/** Starts a proxy in front of a server. */
export async function startProxy(firstTargetPort: number, targetHost = '127.0.0.1'): Promise<Proxy> {
  let targetPort = firstTargetPort;
  const pairs = new Set<Pair>();
  let [delayMs, isBlackHole, isSilent, isTruncating, truncatedAnswers] = [0, false, false, false, 0];
  const unanswered = new Set<Socket>();

  const end = (pair: Pair) => {
    pairs.delete(pair);
    pair.inbound.resetAndDestroy();
    pair.outbound.resetAndDestroy();
  };
  const pausePair = ({ inbound, outbound }: Pair) => {
    inbound.pause();
    outbound.pause();
  };

  const dropSilently = () => {
    for (const pair of pairs) {
      pair.isDropped = true;
      pausePair(pair);
    }
  };

  const server = createServer((inbound) => {
    if (isSilent) {
      unanswered.add(inbound.on('error', () => undefined));
      return;
    }
    const pair: Pair = {
      inbound: inbound.setNoDelay(),
      outbound: connect(targetPort, targetHost).setNoDelay(),
      isDropped: false,
    };
    pairs.add(pair);
    for (const [from, to] of [
      [pair.inbound, pair.outbound],
      [pair.outbound, pair.inbound],
    ] as const) {
      const pass = (act: () => void) => (delayMs > 0 ? setTimeout(act, delayMs) : act());
      from.on('data', (bytes: Buffer) => {
        if (isTruncating && from === pair.outbound) {
          truncatedAnswers += 1;
          to.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => end(pair));
        } else {
          pass(() => void to.write(bytes));
        }
      });
      from.on('end', () => pass(() => void to.end()));
      from.on('error', () => void (pair.isDropped || to.destroy()));
      from.on('close', () => {
        pairs.delete(pair);
        if (!pair.isDropped) pass(() => void to.destroy());
      });
    }
    if (isBlackHole) pausePair(pair);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');

  return {
    port: address.port,
    forwardTo: (port) => {
      targetPort = port;
      isSilent = false;
    },
    delay: (ms) => {
      delayMs = ms;
    },
    openBlackHole: () => {
      isBlackHole = true;
      for (const pair of pairs) pausePair(pair);
    },
    closeBlackHole: () => {
      isBlackHole = false;
      for (const { inbound, outbound, isDropped } of pairs) {
        if (isDropped) continue;
        inbound.resume();
        outbound.resume();
      }
    },
    dropSilently,
    goSilent: () => {
      isSilent = true;
      dropSilently();
    },
    reset: () => {
      for (const pair of pairs) end(pair);
    },
    halfClose: () => {
      for (const { inbound } of pairs) inbound.end();
    },
    truncateAnswers: (isOn) => {
      isTruncating = isOn;
    },
    truncatedAnswers: () => truncatedAnswers,
    stop: async () => {
      for (const socket of unanswered) socket.destroy();
      for (const { inbound, outbound } of pairs) {
        inbound.destroy();
        outbound.destroy();
      }
      await once(server.close(), 'close');
    },
  };
}
