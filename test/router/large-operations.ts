/** Parts of operations that exceed the limits. */

export const times = (count: number, part: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => part(i));

/** Spreads a fragment on the owners of 25 accounts. */
export const ownersWith = (fragment: string, head = '') =>
  `${head} { viewer { ${times(25, (i) => `a${i}: account(currency: USD) { owner { ...F } }`).join(' ')} } } fragment F on User { ${fragment} }`;
export const ordersOf = (productIds: string) =>
  `orders(first: 1, filter: { productIds: ${productIds} }) { totalCount }`;
