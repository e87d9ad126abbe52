import { defineEntity, p } from '@mikro-orm/postgresql';

/** A deleted user, by id alone, for as long as an access token of theirs may not have expired. */
export const DeletedUser = defineEntity({
  name: 'DeletedUser',
  tableName: 'deleted_users',
  properties: {
    userId: p.uuid().primary(),
    deletedAt: p.datetime(3).defaultRaw('now()'),
  },
});
