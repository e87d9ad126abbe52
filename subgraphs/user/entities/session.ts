import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';

/** A sign-in on one device. Its id is the family of its refresh tokens. */
export const Session = defineEntity({
  name: 'Session',
  tableName: 'sessions',
  properties: {
    id: p.uuid().primary(),
    userId: p.uuid(),
    /** In words, such as `Firefox on Windows`. */
    device: p.text(),
    /** The client's network in words. */
    place: p.text(),
    createdAt: p.datetime(3).defaultRaw('now()'),
    lastUsedAt: p.datetime(3).defaultRaw('now()'),
    /** When the user last proved a second factor in this session; null where never. */
    factorAt: p.datetime(3).nullable(),
    /** When the user last entered the code of a message to the address in this session; null where never. */
    emailCodeAt: p.datetime(3).nullable(),
    endedAt: p.datetime(3).nullable(),
  },
});

export type SessionRow = InferEntity<typeof Session>;
