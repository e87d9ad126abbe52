export const dataExportStates = ['REQUESTED', 'READY', 'DOWNLOADED', 'EXPIRED'] as const;
export type DataExportState = (typeof dataExportStates)[number];

/** The times of an export; null or absent where it has not got so far. */
interface ExportTimes {
  readonly readyAt?: Date | null | undefined;
  readonly expiresAt?: Date | null | undefined;
  readonly downloadedAt?: Date | null | undefined;
}

/** The state of an export at a time. It is derived, so no job has to run when an export expires. */
export function dataExportState({ readyAt, expiresAt, downloadedAt }: ExportTimes, now: Date): DataExportState {
  if (downloadedAt != null) return 'DOWNLOADED';
  if (readyAt == null || expiresAt == null) return 'REQUESTED';
  return expiresAt > now ? 'READY' : 'EXPIRED';
}

/** Whether a new request gets this export instead of a new one. */
export function isUnderWay(times: ExportTimes, now: Date): boolean {
  return ['REQUESTED', 'READY'].includes(dataExportState(times, now));
}
