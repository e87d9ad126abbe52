/**
 * The statements that replace an index while processes use the table. The new index is built under another name and
 * without blocking writes, and then takes the place of the old one. The statements can be repeated after a failure.
 * They cannot run in a transaction, so the migration's `isTransactional` returns false.
 *
 * @param name of the index, which need not exist yet.
 * @param on the table and what follows it, such as `orders (customer_id, id)`.
 */
export function rebuiltIndex(name: string, on: string, unique: 'unique' | '' = ''): readonly string[] {
  const fresh = `${name}_new`;
  return [
    `drop index concurrently if exists ${fresh}`,
    `create ${unique} index concurrently ${fresh} on ${on}`,
    `drop index concurrently if exists ${name}`,
    `alter index ${fresh} rename to ${name}`,
  ];
}
