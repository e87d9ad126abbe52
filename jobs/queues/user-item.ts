import { z } from 'zod';
import { emailText, nameText, outboxId, signatures } from './contract.ts';

export const userItem = z
  .object({
    outboxId,
    signatures,
    userId: z.uuid(),
    version: z.int().positive(),
    email: emailText.nullable(),
    name: nameText.nullable(),
    deleted: z.boolean(),
  })
  .meta({
    title: 'UserItem',
    description: 'A user who registered, changed or is gone; email and name are null where gone.',
  });

export type UserItem = z.infer<typeof userItem>;
