import { refuse } from '#platform/errors/refusal.ts';

/** Who deposits and withdraws: every customer, or only operators for them. */
export type Funding = 'open' | 'operator';

/** The refusal where customers do not move money in and out of the wallet themselves. */
export const fundingClosed = refuse('FUNDING_CLOSED', 'Write to us to add or to withdraw money.');
