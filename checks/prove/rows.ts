import type { Row } from './row.ts';
import { backPressure } from './rows/back-pressure.ts';
import { databaseCut, queueCut } from './rows/broken-network.ts';
import { clocks } from './rows/clocks.ts';
import { conserved } from './rows/conserved.ts';
import { crashDigests } from './rows/crash-digests.ts';
import { crashMails } from './rows/crash-mails.ts';
import { crashOrders, crashOutcomes } from './rows/crash-orders.ts';
import { crashPeople } from './rows/crash-people.ts';
import { crashRefunds } from './rows/crash-refunds.ts';
import { crashTransfers } from './rows/crash-transfers.ts';
import { crashUsers } from './rows/crash-users.ts';
import { deadWorkers } from './rows/dead-workers.ts';
import { databaseCrash } from './rows/database-crash.ts';
import { departures } from './rows/departures.ts';
import { duplicates } from './rows/duplicates.ts';
import { failover } from './rows/failover.ts';
import { ghostJobs } from './rows/ghost-jobs.ts';
import { oneKey } from './rows/one-key.ts';
import { overdraft } from './rows/overdraft.ts';
import { poison } from './rows/poison.ts';
import { queueDown } from './rows/queue-down.ts';
import { queueLost } from './rows/queue-lost.ts';
import { rollingRestart } from './rows/rolling-restart.ts';
import { slowSubgraph } from './rows/slow-subgraph.ts';
import { stalledWorker } from './rows/stalled-worker.ts';
import { tampering } from './rows/tampering.ts';
import { tornAnswers } from './rows/torn-answers.ts';

/** All rows, in the order of the table. */
export const rows: readonly Row[] = [
  conserved,
  overdraft,
  oneKey,
  crashOrders,
  crashOutcomes,
  crashRefunds,
  crashTransfers,
  crashUsers,
  crashPeople,
  crashMails,
  crashDigests,
  departures,
  queueLost,
  databaseCrash,
  databaseCut,
  failover,
  duplicates,
  stalledWorker,
  poison,
  backPressure,
  deadWorkers,
  ghostJobs,
  queueDown,
  queueCut,
  slowSubgraph,
  tornAnswers,
  rollingRestart,
  clocks,
  tampering,
];
