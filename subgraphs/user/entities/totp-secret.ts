import { defineEntity, p } from '@mikro-orm/postgresql';

/** The secret of a user's authenticator app. It is a second factor once a code has enabled it. */
export const TotpSecret = defineEntity({
  name: 'TotpSecret',
  tableName: 'totp_secrets',
  properties: {
    userId: p.uuid().primary(),
    /** Encrypted. */
    secret: p.blob(),
    createdAt: p.datetime(3).defaultRaw('now()'),
    enabledAt: p.datetime(3).nullable(),
    /** The newest time step whose code was accepted: each is accepted once. */
    lastStep: p.integer().nullable(),
  },
});
