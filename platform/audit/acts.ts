/** Everything that staff do and that the audit log records, in all subgraphs. The schemas' enum `StaffAct` has the same values. */
export const staffActs = [
  'LOOKED_AT_CUSTOMER',
  'ENDED_SESSIONS',
  'RESET_SECOND_FACTORS',
  'RESTORED_EMAIL',
  'RESENT_MESSAGE',
  'GRANTED_ROLE',
  'REVOKED_ROLE',
  'REPLAYED_DEAD_LETTER',
  'REQUESTED_VERIFICATION',
  'FROZE',
  'UNFROZE',
  'REFUNDED_ORDER',
  'PROPOSED_CORRECTION',
  'APPROVED_CORRECTION',
  'DECLINED_CORRECTION',
  'DEPOSITED',
  'WITHDREW',
  'LOOKED_AT_HOUSE_ACCOUNTS',
  'LOOKED_AT_CORRECTIONS',
  'WAS_REFUSED',
] as const;

export type StaffActKind = (typeof staffActs)[number];
