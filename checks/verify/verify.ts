import type { VerifierUrls } from '#local/credentials.ts';
import type { VerifiedSubgraph } from '#subgraphs/manifest.ts';
import { verifyAccounts } from './accounts.ts';
import { verifyCorrections } from './corrections.ts';
import type { Finding } from './finding.ts';
import { verifyFreezes } from './freezes.ts';
import { verifyErasure, verifyKeys } from './leftovers.ts';
import { verifyOrders } from './orders.ts';
import { verifyOutbox } from './outboxes.ts';
import { verifyPeople } from './people.ts';
import { verifyProviderPayments } from './provider-payments.ts';
import { verifyQuotes } from './quotes.ts';
import { type Report, type Summary, Tally } from './report.ts';
import { verifyRoleGrants } from './role-grants.ts';
import { verifySeals } from './seals.ts';
import { verifyShops } from './shops.ts';
import { type Snapshot, takeSnapshot } from './snapshot.ts';
import { verifyStaffActs } from './staff-acts.ts';
import { verifyTransactions } from './transactions.ts';
import { verifyTransfers } from './transfers.ts';

export interface VerifyOptions {
  readonly urls: VerifierUrls;
  /** Effects younger than this may still be in progress between databases. */
  readonly graceS: number;
  /** Outbox rows that wait for longer are reported. */
  readonly outboxMaxAgeS: number;
  /** The time from which both are counted back; by default, the time of the snapshots. Restored databases are as old as their backup. */
  readonly asOf?: Date;
  readonly onFinding: (finding: Finding) => void;
}

/**
 * Recomputes the ledger and compares the databases with each other, on a snapshot of each. The system may run meanwhile.
 * Each wrong row is reported as soon as it is found.
 *
 * @throws StartFault if a database cannot be read.
 */
export async function verify({ urls, graceS, outboxMaxAgeS, asOf, onFinding }: VerifyOptions): Promise<Summary> {
  const opened = new AsyncDisposableStack();
  try {
    const snapshots = await takeSnapshots(urls, opened);
    const asOfMs = asOf?.getTime() ?? Math.min(...Object.values(snapshots).map(({ takenAt }) => takenAt.getTime()));
    const report = new Tally(onFinding);
    const settled = new Date(asOfMs - graceS * 1_000);
    await verifySnapshots(snapshots, report, { settled, dispatched: new Date(asOfMs - outboxMaxAgeS * 1_000) });
    const userNow = async () => await takeSnapshot('user', urls.user);
    await verifyPeople({ ...snapshots, userNow }, settled, report);
    return report.summary();
  } finally {
    await opened.disposeAsync();
  }
}

type Snapshots = Readonly<Record<VerifiedSubgraph, Snapshot>>;

/** Times before which all effects must be complete (`settled`), and all outbox rows dispatched. */
interface Horizons {
  readonly settled: Date;
  readonly dispatched: Date;
}

async function verifySnapshots(snapshots: Snapshots, report: Report, horizons: Horizons): Promise<void> {
  const { user, billing, order, notification } = snapshots;
  await verifyAccounts(billing, report);
  await verifyTransactions(billing, report);
  await verifyFreezes(billing, report);
  await verifyCorrections(billing, report);
  await verifyProviderPayments(billing, report);
  await verifyOrders({ order, billing, notification }, horizons.settled, report);
  await verifyShops({ order, billing }, horizons.settled, report);
  await verifyTransfers({ billing, notification }, horizons.settled, report);
  await verifyKeys({ billing, order }, report);
  await verifyQuotes(billing, report);
  for (const [name, snapshot] of Object.entries({ user, billing, order })) {
    await verifyStaffActs(name, snapshot, report);
  }
  await verifyRoleGrants(user, report);
  await verifySeals({ order, billing }, horizons.settled, report);
  await verifyErasure(notification, report);
  await verifyOutbox('user.outbox', user, horizons.dispatched, report);
  await verifyOutbox('billing.outbox', billing, horizons.dispatched, report);
  await verifyOutbox('order.outbox', order, horizons.dispatched, report);
}

/** Takes the users' snapshot first, so that contacts are never older; then the others concurrently, at nearly one moment. */
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
