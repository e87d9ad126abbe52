import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';

/** A run of `verify`, requested by an operator or begun by a schedule. */
export const Verification = defineEntity({
  name: 'Verification',
  tableName: 'verifications',
  properties: {
    id: p.uuid().primary(),
    /** The id of the operator; null where a schedule began the run. */
    requestedBy: p.uuid().nullable(),
    reason: p.text().nullable(),
    requestedAt: p.datetime(3).defaultRaw('now()'),
    startedAt: p.datetime(3).nullable(),
    /** A runner that works moves it forward. After it, the run counts as dead. */
    expiresAt: p.datetime(3).nullable(),
    endedAt: p.datetime(3).nullable(),
    findings: p.bigint('bigint').nullable(),
    /** The tables and keys of the first wrong rows, as a JSON list of texts. */
    firstRows: p.text().nullable(),
    failure: p.text().nullable(),
  },
});

export type VerificationRow = InferEntity<typeof Verification>;
