import { ledgerTamperings } from './tamperings/ledger.ts';
import { otherTamperings } from './tamperings/orders-and-notifications.ts';
import type { Tampering } from './tamperings/shared.ts';

/** Changes by title. `npm run verify` must report exactly the rows that each makes wrong. */
export const tamperings: Readonly<Record<string, Tampering>> = { ...ledgerTamperings, ...otherTamperings };
