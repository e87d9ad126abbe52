import { Migration } from '@mikro-orm/migrations';
import { rebuiltIndex } from './rebuilt-index.ts';

/** A migration that only builds indexes, while processes use the tables. */
export abstract class IndexMigration extends Migration {
  /** The name of each index, the table with what follows it, such as `orders (customer_id, id)`, and whether it is unique. */
  protected abstract readonly indexes: readonly (readonly [name: string, on: string, unique?: 'unique'])[];

  override isTransactional(): boolean {
    return false;
  }

  override up(): void {
    for (const index of this.indexes) for (const statement of rebuiltIndex(...index)) this.addSql(statement);
  }
}
