import type { StaffActRow } from './staff-act.ts';

/** The fields of the audit log that the schemas show in another form than the table. */
export const auditEntryView = {
  sequence: ({ sequence }: StaffActRow) => Number(sequence),
  hash: ({ hash }: StaffActRow) => hash.toString('hex'),
};

/** What a customer sees of an act: neither the staff member nor the reason. */
export const customerActView = {
  sequence: ({ sequence }: StaffActRow) => Number(sequence),
};
