import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';

/** The newest known version of a user's email and name. The row of a deleted user stays, without personal data. */
export const Contact = defineEntity({
  name: 'Contact',
  tableName: 'contacts',
  properties: {
    userId: p.uuid().primary(),
    version: p.integer(),
    email: p.text().nullable(),
    name: p.text().nullable(),
    /** Whether the user has proved the address. Otherwise no email goes there. */
    emailProved: p.boolean(),
    deletedAt: p.datetime(3).nullable(),
  },
});

export type ContactRow = InferEntity<typeof Contact>;
