import fc from 'fast-check';
import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isUnionType,
  parse,
  validate,
} from 'graphql';

/** An operation as a client might write it, and what it is asked with. */
export interface AnyOperation {
  readonly source: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const deepest = 4;
const widest = 3;
const conditions = [
  ' @include(if: $yes)',
  ' @skip(if: $no)',
  ' @include(if: $unset)',
  ' @skip(if: true)',
  ' @include(if: true)',
];

export interface OperationsOptions {
  /** The variables that arguments may use, declared, and what they may be. */
  readonly variables: Readonly<Record<string, { readonly type: string; readonly values: readonly unknown[] }>>;
  /**
   * What is passed to an argument; null where nothing is. The same for the same name in the answer, so that two fields
   * of a name can be one.
   */
  readonly argument: (argument: GraphQLArgument, alias: Alias, parent: string) => string | null;
  /** Whether mutations are among them. */
  readonly mutations: boolean;
}

export type Alias = '' | 'one' | 'two';

const switches: OperationsOptions['variables'] = {
  yes: { type: 'Boolean!', values: [true, false] },
  no: { type: 'Boolean!', values: [true, false] },
};

/** Valid operations of all shapes: aliases, fragments, conditions, fields that are selected twice, names of types. */
export function operationsOf(schema: GraphQLSchema, options: OperationsOptions): fc.Arbitrary<AnyOperation> {
  const variables = Object.entries({ ...switches, ...options.variables });
  const declarations = [...variables.map(([name, { type }]) => `$${name}: ${type}`), '$unset: Boolean = true'];
  return fc
    .gen()
    .map((draw): AnyOperation => {
      const pick: Pick = (items) => items[draw(fc.nat, items.length - 1)]!;
      const isMutation = options.mutations && pick([false, false, false, true]);
      const root = isMutation ? schema.getMutationType()! : schema.getQueryType()!;
      const fragments: string[] = [];
      const selection = writeSelection({ schema, pick, fragments, argument: options.argument }, root, 0);
      const body = [selection, ...fragments].join('\n');
      const declared = declarations.filter((declaration) => body.includes(declaration.split(':')[0]!));
      const head = declared.length === 0 ? '' : `(${declared.join(', ')})`;
      const source = `${isMutation ? 'mutation' : 'query'} Any${head} ${body}`;
      return { source, variables: Object.fromEntries(variables.map(([name, { values }]) => [name, pick(values)])) };
    })
    .filter(({ source }) => validate(schema, parse(source)).length === 0);
}

type Pick = <Item>(items: readonly Item[]) => Item;

interface Writing {
  readonly schema: GraphQLSchema;
  readonly pick: Pick;
  readonly fragments: string[];
  readonly argument: OperationsOptions['argument'];
}

function writeSelection(writing: Writing, type: GraphQLCompositeType, depth: number): string {
  const { pick } = writing;
  const count = pick([1, 2, widest]);
  return `{ ${Array.from({ length: count }, () => writePart(writing, type, depth)).join(' ')} }`;
}

function writePart(writing: Writing, type: GraphQLCompositeType, depth: number): string {
  const { schema, pick } = writing;
  const what = pick(['field', 'field', 'field', 'field', 'typename', 'inline', 'spread']);
  if (what === 'typename') return `${pick(['', 'kindOf: '])}__typename`;
  const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
  if (what === 'inline' || (what === 'field' && isUnionType(type))) {
    const condition = pick([...possible, type]);
    const head = condition === type ? pick(['...', `... on ${type.name}`]) : `... on ${condition.name}`;
    return `${head}${pick(['', '', ...conditions])} ${writeSelection(writing, condition, depth + 1)}`;
  }
  if (what === 'spread') {
    const condition = pick([...possible, type]);
    const name = `Part${writing.fragments.length}`;
    writing.fragments.push('');
    writing.fragments[Number(name.slice(4))] =
      `fragment ${name} on ${condition.name} ${writeSelection(writing, condition, depth + 1)}`;
    return `...${name}${pick(['', '', ...conditions])}`;
  }
  return writeField(writing, type, depth);
}

function writeField(writing: Writing, type: GraphQLCompositeType, depth: number): string {
  const { pick } = writing;
  if (isUnionType(type)) return '__typename';
  const fields = Object.values(type.getFields()).filter(
    (field) => depth < deepest || !isCompositeType(getNamedType(field.type)),
  );
  if (fields.length === 0) return '__typename';
  const field = pick(fields);
  const alias: Alias = pick<Alias>(['', '', '', 'one', 'two']);
  const below = getNamedType(field.type);
  return [
    alias === '' ? '' : `${alias}_${field.name}: `,
    field.name,
    writeArguments(writing, field, alias, type.name),
    pick(['', '', '', '', '', ...conditions]),
    isCompositeType(below) ? ` ${writeSelection(writing, below, depth + 1)}` : '',
  ].join('');
}

function writeArguments(
  { argument }: Writing,
  { args }: GraphQLField<unknown, unknown>,
  alias: Alias,
  parent: string,
): string {
  const passed = args.flatMap((one) => {
    const value = argument(one, alias, parent);
    return value === null ? [] : [`${one.name}: ${value}`];
  });
  return passed.length === 0 ? '' : `(${passed.join(', ')})`;
}
