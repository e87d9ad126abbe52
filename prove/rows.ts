import type { Row } from './row.ts';
import { clocks } from './rows/clocks.ts';
import { conserved } from './rows/conserved.ts';
import { crashPoints } from './rows/crash-points.ts';
import { deadWorkers } from './rows/dead-workers.ts';
import { databaseCrash } from './rows/database-crash.ts';
import { duplicates } from './rows/duplicates.ts';
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

/** Every promise, in the order of the table. */
export const rows: readonly Row[] = [
  conserved,
  overdraft,
  oneKey,
  crashPoints,
  queueLost,
  databaseCrash,
  duplicates,
  stalledWorker,
  poison,
  deadWorkers,
  ghostJobs,
  queueDown,
  slowSubgraph,
  rollingRestart,
  clocks,
  tampering,
];
