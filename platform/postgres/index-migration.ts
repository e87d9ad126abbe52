import { Migration } from '@mikro-orm/migrations';
import { rebuiltIndex } from './rebuilt-index.ts';

/** A migration that only builds indexes, while processes use the tables. */
export abstract class IndexMigration extends Migration {
  /** The name of each index, and the table with what follows it, such as `orders (customer_id, id)`. */
  protected abstract readonly indexes: readonly (readonly [name: string, on: string])[];

  override isTransactional(): boolean {
    return false;
  }

  override up(): void {
    for (const [name, on] of this.indexes) for (const statement of rebuiltIndex(name, on)) this.addSql(statement);
  }
}
