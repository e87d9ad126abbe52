import {
  getNamedType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/** An input of a schema to which a client can send a text. */
export interface TextInput {
  /** The path of the input, such as `Mutation.login(input.email)`. */
  readonly place: string;
  /** The name of its type. */
  readonly type: string;
  /** An operation with the variable `$text` for this input, and valid values for all others. */
  readonly query: string;
}

export interface TextInputOptions {
  readonly schema: GraphQLSchema;
  /** Functions that wrap a selection on an object type in an operation. */
  readonly ways: Readonly<Record<string, (selection: string) => string>>;
  /** A valid literal for a required input, such as `LoginInput.email` or `Query.order.id`. */
  readonly literal: (place: string, type: string) => string;
}

/** @returns every input of the schema that is not an object; a client can send a text to each. */
export function textInputs({ schema, ways, literal }: TextInputOptions): TextInput[] {
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !name.startsWith('_'))
    .flatMap((type) =>
      Object.values(type.getFields())
        .filter(({ name, args }) => args.length > 0 && !name.startsWith('_'))
        .flatMap((field) => inputsOf(type, field)),
    );

  function inputsOf(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): TextInput[] {
    const at = `${type.name}.${field.name}`;
    const wrap = ways[type.name];
    if (wrap === undefined) throw new Error(`no way to ${type.name} is known`);
    return field.args.flatMap((argument) =>
      placesIn(argument.type, `${at}.${argument.name}`, argument.name).map(({ path, leaf, value }) => {
        const others = field.args
          .filter((other) => other !== argument && isNonNullType(other.type))
          .map((other) => `${other.name}: ${given(other.type, `${at}.${other.name}`)}`);
        const all = [...others, `${argument.name}: ${value}`].join(', ');
        return {
          place: `${at}(${path})`,
          type: leaf,
          query: wrap(`${field.name}(${all}) ${selectionOf(field)}`).replace(
            /^(query|mutation|subscription)/,
            `$1 ($text: ${leaf}!)`,
          ),
        };
      }),
    );
  }

  interface Found {
    readonly path: string;
    readonly leaf: string;
    /** The value of the argument, with the variable in it. */
    readonly value: string;
  }

  function placesIn(type: GraphQLInputType, place: string, path: string): Found[] {
    if (isNonNullType(type)) return placesIn(type.ofType, place, path);
    if (isListType(type)) {
      return placesIn(type.ofType, place, path).map((found) => ({ ...found, value: `[${found.value}]` }));
    }
    if (!isInputObjectType(type)) return [{ path, leaf: type.name, value: '$text' }];
    const fields = Object.values(type.getFields());
    return fields.flatMap((field) =>
      placesIn(field.type, `${type.name}.${field.name}`, `${path}.${field.name}`).map((found) => {
        const others = fields
          .filter((other) => other !== field && isNonNullType(other.type))
          .map((other) => `${other.name}: ${given(other.type, `${type.name}.${other.name}`)}`);
        return { ...found, value: `{ ${[...others, `${field.name}: ${found.value}`].join(', ')} }` };
      }),
    );
  }

  function given(type: GraphQLInputType, place: string): string {
    if (isNonNullType(type)) return given(type.ofType, place);
    if (isListType(type)) return `[${given(type.ofType, place)}]`;
    if (isEnumType(type)) return type.getValues()[0]!.name;
    if (!isInputObjectType(type)) return literal(place, type.name);
    const needed = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
    return `{ ${needed.map(({ name, type: below }) => `${name}: ${given(below, `${type.name}.${name}`)}`).join(', ')} }`;
  }
}

function selectionOf(field: GraphQLField<unknown, unknown>): string {
  const type = getNamedType(field.type);
  if (!isObjectType(type)) return '';
  const { userErrors, nodes } = type.getFields();
  if (userErrors !== undefined) return '{ userErrors { code message field } }';
  return nodes === undefined ? '{ __typename }' : '{ nodes { __typename } }';
}
