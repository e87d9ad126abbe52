import { z } from 'zod';
import { openExports } from '#user/services/open-exports.ts';
import { defineQueue, outboxId, signatures, standardPolicy } from '../queues/contract.ts';
import { closed, defineWorker } from '../worker.ts';

const exportItem = z.object({ outboxId, signatures, exportId: z.uuid(), userId: z.uuid() }).meta({
  title: 'ExportItem',
  description: 'A request of a customer for an archive of their data.',
  examples: [
    {
      outboxId: '17',
      exportId: '01a1fd28-33e3-77d6-b8e9-6b3de16893b1',
      userId: '01a1fd28-33e3-71d0-97d5-49badbf8fee4',
    },
  ],
});

export const openExportsWorker = defineWorker({
  queue: defineQueue({
    name: 'open-exports',
    group: 'user',
    row: { kind: 'export-requested' },
    about: 'Requests for an archive of a customer’s data: the user subgraph makes the archive ready.',
    item: exportItem,
    policy: standardPolicy,
  }),
  run: async ({ user }, requests) => {
    await openExports(user, requests);
    return { closed: closed(requests) };
  },
});
