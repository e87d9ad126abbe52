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
    emailProved: z
      .boolean()
      .optional()
      .describe('Only for notification. Absent in jobs of an earlier release, which sent email to every address.'),
  })
  .meta({
    title: 'UserItem',
    description: 'A user who registered, changed or was deleted. The email and the name of a deleted user are null.',
    examples: [
      {
        outboxId: '17',
        userId: '01a1fd28-33e3-71d0-97d5-49badbf8fee4',
        version: 1,
        email: 'ada@example.com',
        name: 'Ada',
        deleted: false,
      },
    ],
  });

export type UserItem = z.infer<typeof userItem>;
