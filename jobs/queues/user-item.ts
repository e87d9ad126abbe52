import { z } from 'zod';
import { outboxId } from './contract.ts';

export const userItem = z
  .object({
    outboxId,
    userId: z.uuid(),
    version: z.int().positive(),
    email: z.string().nullable(),
    name: z.string().nullable(),
    deleted: z.boolean(),
  })
  .meta({
    title: 'UserItem',
    description: 'A user who registered, changed or is gone; email and name are null where gone.',
  });

export type UserItem = z.infer<typeof userItem>;
