import type { HouseAccountKind } from './operations.generated.ts';

export const houseLabels: Readonly<Record<HouseAccountKind, { readonly title: string; readonly meaning: string }>> = {
  CASH: { title: 'Cash', meaning: 'Money that came in and went out: negative by what customers hold' },
  SALES: { title: 'Sales', meaning: 'Payments of orders, less refunds' },
  FEES: { title: 'Fees', meaning: 'Fees of transfers' },
  EXCHANGE: { title: 'Exchange', meaning: 'What exchanges took and gave' },
  PAYABLE: { title: 'Payables', meaning: 'What is owed to customers whose account is closed' },
  ADJUSTMENTS: { title: 'Adjustments', meaning: 'What corrections took, less what they gave' },
};
