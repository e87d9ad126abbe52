/** Returns the row of each id, in order; null for an id without a row. This is the result that a DataLoader needs. */
export function byId<Row extends { readonly id: string }>(
  ids: readonly string[],
  rows: readonly Row[],
): (Row | null)[] {
  const known = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => known.get(id) ?? null);
}

/** Returns the rows of each owner, in the order of the owners' ids. */
export function groupedBy<Row>(
  ids: readonly string[],
  rows: readonly Row[],
  ownerOf: (row: Row) => string | null,
): Row[][] {
  const groups = Map.groupBy(rows, ownerOf);
  return ids.map((id) => groups.get(id) ?? []);
}
