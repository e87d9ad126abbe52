import { refuse } from '#platform/errors/refusal.ts';

/** Who deposits and withdraws: every customer, only operators for them, or customers through a payment provider. */
export type Funding = 'open' | 'operator' | 'provider';

/** The refusal where customers do not move money in and out of the wallet themselves, or not in this way. */
export const fundingClosed = refuse(
  'FUNDING_CLOSED',
  'Money is not added or withdrawn in this way here. Write to us, or use the payment provider.',
);
