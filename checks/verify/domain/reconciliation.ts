/** A deposit as the wallet has it. */
export interface OwnPayment {
  readonly id: string;
  readonly state: string;
  readonly amount: string;
  readonly currency: string;
  readonly providerId: string | null;
}

/** A payment of the provider's file. */
export interface ProvidersPayment {
  readonly id: string;
  readonly reference: string;
  readonly amount: string;
  readonly currency: string;
  readonly state: 'pending' | 'completed' | 'failed';
}

export interface Difference {
  readonly reference: string;
  readonly what: string;
}

/** Compares the provider's payments with the wallet's, by the reference. Each payment has at most one difference. */
export function differences(theirs: readonly ProvidersPayment[], own: readonly OwnPayment[]): Difference[] {
  const known = new Map(own.map((payment) => [payment.id, payment]));
  const counts = Map.groupBy(theirs, ({ reference }) => reference.toLowerCase());
  const there = [...counts].flatMap(([reference, rows]) => {
    const what = rows.length > 1 ? `in the file ${rows.length} times` : difference(rows[0]!, known.get(reference));
    return what === null ? [] : [{ reference, what }];
  });
  const missing = [...known.values()].filter(({ id, state }) => state === 'COMPLETED' && !counts.has(id));
  return [
    ...there,
    ...missing.map(({ id, amount, currency }) => ({
      reference: id,
      what: `completed here with ${amount} ${currency}, but not in the file`,
    })),
  ];
}

function difference(theirs: ProvidersPayment, own: OwnPayment | undefined): string | null {
  const money = `${theirs.amount} ${theirs.currency}`;
  if (own === undefined) return `${theirs.state} at the provider with ${money}, but unknown here`;
  const ours = `${own.amount} ${own.currency}`;
  if (money !== ours) return `${money} at the provider, but ${ours} here`;
  if (own.providerId !== null && own.providerId !== theirs.id)
    return `${theirs.id} at the provider, but ${own.providerId} here`;
  if (theirs.state.toUpperCase() !== own.state)
    return `${theirs.state} at the provider, but ${own.state.toLowerCase()} here`;
  return null;
}
