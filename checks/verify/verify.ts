import type { VerifierUrls } from '#local/credentials.ts';
import type { VerifiedSubgraph } from '#subgraphs/manifest.ts';
import { verifyAccounts } from './accounts.ts';
import type { Finding } from './finding.ts';
import { verifyErasure, verifyKeys } from './leftovers.ts';
import { verifyOrders } from './orders.ts';
import { verifyOutbox } from './outboxes.ts';
import { verifyPeople } from './people.ts';
import { verifyQuotes } from './quotes.ts';
import { type Report, type Summary, Tally } from './report.ts';
import { verifySeals } from './seals.ts';
import { type Snapshot, takeSnapshot } from './snapshot.ts';
import { verifyTransactions } from './transactions.ts';
import { verifyTransfers } from './transfers.ts';

export interface VerifyOptions {
  readonly urls: VerifierUrls;
  /** What is younger may be on its way between databases. */
  readonly graceS: number;
  /** What waits in an outbox for longer is named. */
  readonly outboxMaxAgeS: number;
  readonly onFinding: (finding: Finding) => void;
}

/**
 * Recomputes the ledger and compares the databases with each other, each as it was at one moment, while they are
 * written to. Tells of every row that is wrong as soon as it is found.
 *
 * @throws StartFault where a database cannot be read.
 */
export async function verify({ urls, graceS, outboxMaxAgeS, onFinding }: VerifyOptions): Promise<Summary> {
  const opened = new AsyncDisposableStack();
  try {
    const snapshots = await takeSnapshots(urls, opened);
    const takenAtMs = Math.min(...Object.values(snapshots).map(({ takenAt }) => takenAt.getTime()));
    const report = new Tally(onFinding);
    const settled = new Date(takenAtMs - graceS * 1_000);
    await verifySnapshots(snapshots, report, { settled, handedOver: new Date(takenAtMs - outboxMaxAgeS * 1_000) });
    const userNow = async () => await takeSnapshot('user', urls.user);
    await verifyPeople({ ...snapshots, userNow }, settled, report);
    return report.summary();
  } finally {
    await opened.disposeAsync();
  }
}

type Snapshots = Readonly<Record<VerifiedSubgraph, Snapshot>>;

/** What was done before has arrived everywhere, and what was noted before has left its outbox. */
interface Horizons {
  readonly settled: Date;
  readonly handedOver: Date;
}

async function verifySnapshots(snapshots: Snapshots, report: Report, horizons: Horizons): Promise<void> {
  const { user, billing, order, notification } = snapshots;
  await verifyAccounts(billing, report);
  await verifyTransactions(billing, report);
  await verifyOrders({ order, billing, notification }, horizons.settled, report);
  await verifyTransfers({ billing, notification }, horizons.settled, report);
  await verifyKeys({ billing, order }, report);
  await verifyQuotes(billing, report);
  await verifySeals({ order, billing }, horizons.settled, report);
  await verifyErasure(notification, report);
  await verifyOutbox('user.outbox', user, horizons.handedOver, report);
  await verifyOutbox('billing.outbox', billing, horizons.handedOver, report);
  await verifyOutbox('order.outbox', order, horizons.handedOver, report);
}

/** The users first, so that contacts are never older; then all at once, so that they are of nearly the same moment. */
async function takeSnapshots(urls: VerifierUrls, opened: AsyncDisposableStack): Promise<Snapshots> {
  const take = async (owner: VerifiedSubgraph) => {
    const snapshot = await takeSnapshot(owner, urls[owner]);
    opened.defer(snapshot.close);
    return snapshot;
  };
  const user = await take('user');
  const taken = [take('billing'), take('order'), take('notification')] as const;
  await Promise.allSettled(taken);
  const [billing, order, notification] = await Promise.all(taken);
  return { user, billing, order, notification };
}
