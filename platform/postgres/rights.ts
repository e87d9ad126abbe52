/**
 * What a role may do in a database: the privileges on each table, as GRANT takes them. A key may also name another
 * kind of object, such as `sequence account_numbers`. PostgreSQL refuses access to any other object.
 *
 * The role that runs the migrations owns the tables. `npm run migrate` grants these rights after the migrations. A
 * migration with a new table needs an entry here.
 */
export type Rights = Readonly<Record<string, string>>;

/** The rights in a subgraph's database, by the process that connects. */
export interface DatabaseRights {
  /** The subgraph's server. */
  readonly service: Rights;
  /** The jobs process that works for the subgraph, if the manifest says that it has workers. */
  readonly worker?: Rights;
  /** The jobs process that relays the outbox, if it has one. */
  readonly relay?: Rights;
  /** `npm run verify`, if it reads the database. */
  readonly verifier?: Rights;
  /** `npm run operators` and `npm run dead-letters`, in databases with an audit log. */
  readonly operator?: Rights;
}
