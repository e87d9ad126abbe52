import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';

/** How to reach a user, as of a version; of a deleted user the row is left, and nothing in it that is personal. */
export const Contact = defineEntity({
  name: 'Contact',
  tableName: 'contacts',
  properties: {
    userId: p.uuid().primary(),
    version: p.integer(),
    email: p.text().nullable(),
    name: p.text().nullable(),
    deletedAt: p.datetime(3).nullable(),
  },
});

export type ContactRow = InferEntity<typeof Contact>;
