import { defineEntity, p } from '@mikro-orm/postgresql';

/** The id of a deleted user, stored until every access token of the user has expired. */
export const DeletedUser = defineEntity({
  name: 'DeletedUser',
  tableName: 'deleted_users',
  properties: {
    userId: p.uuid().primary(),
    deletedAt: p.datetime(3).defaultRaw('now()'),
  },
});
