import type { Customer } from './customer.ts';

/** The newest transaction of a customer, with the number of its receipt. */
export async function receiptOf({ request }: Customer): Promise<{ id: string; receiptNumber: string }> {
  const { viewer } = await request<{ viewer: { transactions: { nodes: { id: string; receiptNumber: string }[] } } }>(
    '{ viewer { transactions(first: 1) { nodes { id receiptNumber } } } }',
  );
  return viewer.transactions.nodes[0]!;
}
