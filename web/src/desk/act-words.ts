import type { StaffAct } from './operations.generated.ts';

export const actLabels: Readonly<Record<StaffAct, string>> = {
  LOOKED_AT_CUSTOMER: 'Looked at a customer',
  ENDED_SESSIONS: 'Ended sessions',
  RESET_SECOND_FACTORS: 'Reset second factors',
  RESTORED_EMAIL: 'Restored an email address',
  RESENT_MESSAGE: 'Sent a message again',
  GRANTED_ROLE: 'Granted a role',
  REVOKED_ROLE: 'Revoked a role',
  REPLAYED_DEAD_LETTER: 'Made a dead letter due again',
  REQUESTED_VERIFICATION: 'Requested a reconciliation',
  FROZE: 'Froze accounts',
  UNFROZE: 'Released accounts',
  REFUNDED_ORDER: 'Refunded an order',
  PROPOSED_CORRECTION: 'Proposed a correction',
  APPROVED_CORRECTION: 'Approved a correction',
  DECLINED_CORRECTION: 'Declined a correction',
  DEPOSITED: 'Deposited',
  WITHDREW: 'Withdrew',
  LOOKED_AT_HOUSE_ACCOUNTS: 'Looked at the house accounts',
  LOOKED_AT_CORRECTIONS: 'Looked at corrections',
  WAS_REFUSED: 'Was refused an act',
};
