import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';

/** A customer's request for an archive of their data. */
export const DataExport = defineEntity({
  name: 'DataExport',
  tableName: 'data_exports',
  properties: {
    id: p.uuid().primary(),
    userId: p.uuid(),
    requestedAt: p.datetime(3).defaultRaw('now()'),
    readyAt: p.datetime(3).nullable(),
    expiresAt: p.datetime(3).nullable(),
    downloadedAt: p.datetime(3).nullable(),
    linkHash: p.blob().nullable(),
    linkExpiresAt: p.datetime(3).nullable(),
  },
});

export type DataExportRow = InferEntity<typeof DataExport>;
