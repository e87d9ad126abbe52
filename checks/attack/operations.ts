import fc from 'fast-check';
import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isObjectType,
  isUnionType,
  parse,
  validate,
} from 'graphql';

/** An operation as a client might write it, and what it is asked with. */
export interface AnyOperation {
  readonly source: string;
  /** The same operation, with an alias of its own in place of each that is the name of a field: see `withOddAliases`. */
  readonly plainSource: string;
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
  /** The variables that arguments may use, each in one of these forms. */
  readonly variables: Readonly<Record<string, readonly VariableForm[]>>;
  /**
   * What is passed to an argument; null where nothing is. The same for the same name in the answer, so that two fields
   * of a name can be one.
   */
  readonly argument: (argument: GraphQLArgument, alias: Alias, parent: string) => string | null;
  /** Whether mutations are among them. */
  readonly mutations: boolean;
}

/** A definition of a variable, such as `Int = 20`, and what it may be; undefined where it is not given. */
export interface VariableForm {
  readonly type: string;
  readonly values: readonly unknown[];
}

export type Alias = '' | 'one' | 'two';

const switches: OperationsOptions['variables'] = {
  yes: [
    { type: 'Boolean!', values: [true, false] },
    { type: 'Boolean! = true', values: [undefined, false] },
  ],
  no: [
    { type: 'Boolean!', values: [true, false] },
    { type: 'Boolean = false', values: [undefined, true] },
  ],
  unset: [{ type: 'Boolean = true', values: [undefined] }],
};

/** Stand around an alias that is the name of a field. */
const [opened, closed] = ['«', '»'];
const plainPrefix = 'plain_';

/** Valid operations of all shapes: aliases, fragments, conditions, fields that are selected twice, names of types. */
export function operationsOf(schema: GraphQLSchema, options: OperationsOptions): fc.Arbitrary<AnyOperation> {
  const names = namesOfFields(schema);
  return fc
    .gen()
    .map((draw): AnyOperation => {
      const pick: Pick = (items) => items[draw(fc.nat, items.length - 1)]!;
      const isMutation = options.mutations && pick([false, false, false, true]);
      const root = isMutation ? schema.getMutationType()! : schema.getQueryType()!;
      const fragments: string[] = [];
      const selection = writeSelection({ schema, pick, fragments, names, argument: options.argument }, root, 0);
      const body = [selection, ...fragments].join('\n');
      const declared = Object.entries({ ...switches, ...options.variables })
        .filter(([name]) => body.includes(`$${name}`))
        .map(([name, forms]) => ({ name, ...pick(forms) }));
      const definitions = declared.map(({ name, type }) => `$${name}: ${type}`).join(', ');
      const head = `${isMutation ? 'mutation' : 'query'} Any${definitions === '' ? '' : `(${definitions})`}`;
      const given = declared.map(({ name, values }) => [name, pick(values)] as const);
      return {
        ...sourcesOf(schema, `${head} ${body}`),
        variables: Object.fromEntries(given.filter(([, value]) => value !== undefined)),
      };
    })
    .filter(({ source }) => validate(schema, parse(source)).length === 0);
}

/** Odd aliases that stand where others have the field's own name make an operation invalid: then they are left out. */
function sourcesOf(schema: GraphQLSchema, marked: string): Omit<AnyOperation, 'variables'> {
  const source = marked.replaceAll(opened, '').replaceAll(closed, '');
  if (validate(schema, parse(source)).length === 0) {
    return { source, plainSource: marked.replaceAll(opened, plainPrefix).replaceAll(closed, '') };
  }
  const withoutAliases = marked.replaceAll(new RegExp(`${opened}\\w+${closed}: `, 'g'), '');
  return { source: withoutAliases, plainSource: withoutAliases };
}

/** What was answered to a plain source, as it has to be answered to the source: under its aliases. */
export function withOddAliases<Answer>(answer: Answer): Answer {
  return JSON.parse(JSON.stringify(answer).replaceAll(plainPrefix, '')) as Answer;
}

function namesOfFields(schema: GraphQLSchema): string[] {
  const fields = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) => Object.keys(type.getFields()));
  return [...new Set(fields), '__typename', '_entities', 'representations', 'constructor'];
}

type Pick = <Item>(items: readonly Item[]) => Item;

interface Writing {
  readonly schema: GraphQLSchema;
  readonly pick: Pick;
  readonly fragments: string[];
  /** Of fields, as aliases of others. */
  readonly names: readonly string[];
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
  if (what === 'typename') return `${pick(['', 'kindOf: ', `${oddAlias(writing, '__typename')}: `])}__typename`;
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
  const odd = pick([false, false, false, true]) && alias === '' ? `${oddAlias(writing, field.name)}: ` : '';
  const below = getNamedType(field.type);
  return [
    alias === '' ? odd : `${alias}_${field.name}: `,
    field.name,
    writeArguments(writing, field, alias, type.name),
    pick(['', '', '', '', '', ...conditions]),
    isCompositeType(below) ? ` ${writeSelection(writing, below, depth + 1)}` : '',
  ].join('');
}

function oddAlias({ pick, names }: Writing, field: string): string {
  return `${opened}${pick(names.filter((name) => name !== field))}${closed}`;
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
