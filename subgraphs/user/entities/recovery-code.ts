import { defineEntity, p } from '@mikro-orm/postgresql';

/** A code that replaces the authenticator app once. A used code is deleted. */
export const RecoveryCode = defineEntity({
  name: 'RecoveryCode',
  tableName: 'recovery_codes',
  properties: {
    codeHash: p.blob().primary(),
    userId: p.uuid(),
  },
});
