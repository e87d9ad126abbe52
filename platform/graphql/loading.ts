/** Rows in the order of the ids that were asked for, null where there is none: what a DataLoader has to answer. */
export function byId<Row extends { readonly id: string }>(
  ids: readonly string[],
  rows: readonly Row[],
): (Row | null)[] {
  const known = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => known.get(id) ?? null);
}

/** Rows grouped by what they belong to, in the order of the ids that were asked for. */
export function groupedBy<Row>(
  ids: readonly string[],
  rows: readonly Row[],
  ownerOf: (row: Row) => string | null,
): Row[][] {
  const groups = Map.groupBy(rows, ownerOf);
  return ids.map((id) => groups.get(id) ?? []);
}
