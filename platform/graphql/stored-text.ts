import { defaultFieldResolver, type GraphQLField, type GraphQLSchema, isObjectType } from 'graphql';
import { badArgument, fault } from '../errors/faults.ts';

/** PostgreSQL stores every text except NUL, and UTF-8 every character except an unpaired surrogate. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

/**
 * Makes each field refuse arguments with text that the database cannot store. The other fields of the operation are still
 * executed: one bad input of a mutation must not hide the results of the others.
 */
export function checkText(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.args.length > 0) checkArguments(field);
    }
  }
}

function checkArguments(field: GraphQLField<unknown, unknown>): void {
  const { resolve = defaultFieldResolver } = field;
  field.resolve = (source, args, context, info) => {
    for (const [name, value] of Object.entries(args)) {
      const unstorable = unstorableText(value, [name]);
      if (unstorable === null) continue;
      const message = `\`${unstorable.join('.')}\` contains NUL or an unpaired surrogate, which cannot be stored.`;
      throw badArgument(unstorable, message);
    }
    return resolve(source, args, context, info);
  };
}

/** Deeper than the router allows, and than any input of the schemas. */
const deepestValue = 40;

/** More than the references in the router's largest body. */
const maxValues = 60_000;

/**
 * Returns the path to the first text that cannot be stored, below the given path; null if there is none.
 *
 * @throws QUERY_TOO_COMPLEX
 */
function unstorableText(value: unknown, path: readonly string[]): readonly string[] | null {
  let values = 0;

  /** Returns the path to the text below this part, outermost name first; null if there is none. */
  function find(part: unknown, depth: number): string[] | null {
    if (typeof part === 'string') return isStorable(part) ? null : [];
    if (typeof part !== 'object' || part === null) return null;
    if (depth > deepestValue) {
      throw fault('QUERY_TOO_COMPLEX', `A value must not be nested more than ${deepestValue} levels deep.`);
    }
    values += Array.isArray(part) ? part.length : 1;
    if (values > maxValues)
      throw fault('QUERY_TOO_COMPLEX', `An argument must not have more than ${maxValues} values.`);
    for (const [name, inner] of Object.entries(part)) {
      const found = find(inner, depth + 1);
      if (found !== null) return [name, ...found];
    }
    return null;
  }

  const found = find(value, path.length);
  return found === null ? null : [...path, ...found];
}
