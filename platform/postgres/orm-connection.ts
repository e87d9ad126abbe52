import {
  type Configuration,
  isRaw,
  NativeQueryBuilder,
  type Platform,
  PostgreSqlConnection,
  PostgreSqlDriver,
} from '@mikro-orm/postgresql';
import { CompiledQuery } from 'kysely';

/**
 * MikroORM's PostgreSQL driver, which passes values as parameters. MikroORM 7.2 writes values into the text of a statement.
 * Then each text differs, so no prepared statement is reused, and traces of statements contain values.
 */
class BindingDriver extends PostgreSqlDriver {
  protected override readonly connection: PostgreSqlConnection;

  constructor(config: Configuration) {
    super(config);
    this.connection = new BindingConnection(config);
  }
}

export const bindingDriver: typeof PostgreSqlDriver = BindingDriver;

type Execute = PostgreSqlConnection['execute'];

class BindingConnection extends PostgreSqlConnection {
  override execute: Execute = async (query, params = [], method = 'all', ctx) => {
    await this.ensureConnection();
    const { sql, params: values } =
      query instanceof NativeQueryBuilder ? query.toRaw() : isRaw(query) ? query : { sql: query, params };
    if (!Array.isArray(values)) throw new Error('Named parameters are not supported.');
    const result = await (ctx ?? this.getClient()).executeQuery(bind(this.platform, sql, values));
    return this.transformRawResult(result, method);
  };
}

const placeholder = /\\\?|\?\?|\?/g;

/** Numbers the placeholders of a statement: `?` is a value, `??` an identifier, and `\?` a question mark. */
export function bind(
  platform: Pick<Platform, 'quoteIdentifier'>,
  text: string,
  params: readonly unknown[],
): CompiledQuery {
  const values: unknown[] = [];

  function write(sql: string, given: readonly unknown[]): string {
    if (given.length === 0) return sql;
    const rest = [...given];
    return sql.replaceAll(placeholder, (found) => {
      if (found === '\\?') return '?';
      return found === '??' ? platform.quoteIdentifier(String(rest.shift())) : writeValue(rest.shift());
    });
  }

  function writeValue(value: unknown): string {
    if (isRaw(value)) return write(value.sql, value.params);
    if (Array.isArray(value)) return value.map(writeValue).join(', ');
    values.push(isJson(value) ? JSON.stringify(value) : value);
    return `$${values.length}`;
  }

  return CompiledQuery.raw(write(text, params), values);
}

const isJson = (value: unknown) =>
  typeof value === 'object' && value !== null && !(value instanceof Date) && !Buffer.isBuffer(value);
