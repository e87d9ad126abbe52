import { z } from 'zod';
import { outboxId } from './contract.ts';

export const outcomeItem = z
  .object({
    outboxId,
    key: z.string().describe('The key of the outbox row.'),
    failure: z.string().nullable().describe('Why the row is dead-lettered; null if all of its effects are done.'),
  })
  .meta({
    title: 'OutcomeItem',
    examples: [{ outboxId: '17', key: '01a1fd28-33e3-77d6-b8e9-6b3de16893b1', failure: null }],
  });

export type OutcomeItem = z.infer<typeof outcomeItem>;
