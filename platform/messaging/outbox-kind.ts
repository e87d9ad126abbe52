/** A kind of row in an outbox: the contract between the subgraph that commits it and those that act on it. */
export interface OutboxKind {
  /** The subgraph that commits rows of the kind. */
  readonly by: string;
  /** The subgraphs that act on such a row. The row is signed for each of them. */
  readonly for: readonly string[];
  /** The fields of its payload that are signed, in this order. A payload may get more fields; these stay. */
  readonly signed: readonly string[];
  /** Fields that a later release added: each is signed in the payloads that contain it. */
  readonly alsoSigned?: readonly string[];
  /** The signed fields that make the key of a row, which is unique within the kind. */
  readonly key: readonly string[];
}

/** Kinds by name. */
export type OutboxKinds<Name extends string = string> = Readonly<Record<Name, OutboxKind>>;

/**
 * The key of a row, from these fields of its payload or of an item made from the payload. A field that a later release
 * added is left out where the payload has none.
 */
export function rowKey(fields: readonly string[], payload: object): string {
  const values: Readonly<Record<string, unknown>> = { ...payload };
  const known = fields.filter((field) => values[field] !== undefined);
  return known.map((field) => String(values[field])).join(':');
}
