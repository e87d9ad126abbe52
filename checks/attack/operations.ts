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
  isRequiredArgument,
  isUnionType,
  parse,
  validate,
} from 'graphql';

/** A random operation and its variables. */
export interface AnyOperation {
  readonly source: string;
  /** The same operation, with a unique alias in place of each alias that is the name of a field: see `withOddAliases`. */
  readonly plainSource: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const maxDepth = 4;
const maxWidth = 3;
const conditions = [
  ' @include(if: $yes)',
  ' @skip(if: $no)',
  ' @include(if: $unset)',
  ' @skip(if: true)',
  ' @include(if: true)',
];

export interface OperationsOptions {
  /** The variables that arguments may use, with the possible definitions of each. */
  readonly variables: Readonly<Record<string, readonly VariableForm[]>>;
  /**
   * The literal for an argument, or null to omit it. It must be the same for the same response name, so that two
   * selections of one field can be merged.
   */
  readonly argument: (argument: GraphQLArgument, alias: Alias, parent: string) => string | null;
  /** Whether to generate mutations too. */
  readonly mutations: boolean;
  /** Paths of fields from the root, such as `books on:Novel author`, that several fragments select, and the type at their end. */
  readonly repeated?: { readonly paths: readonly string[]; readonly type: string };
}

/** A definition of a variable, such as `Int = 20`, and its possible values; undefined omits the variable. */
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

/** Markers around an alias that is the name of a field. */
const [opened, closed] = ['«', '»'];
const plainPrefix = 'plain_';

/** Valid operations of all shapes: aliases, fragments, conditions, repeated fields, `__typename`. */
export function operationsOf(schema: GraphQLSchema, options: OperationsOptions): fc.Arbitrary<AnyOperation> {
  const names = namesOfFields(schema);
  return fc
    .gen()
    .map((draw): AnyOperation => {
      const pick: Pick = (items) => items[draw(fc.nat, items.length - 1)]!;
      const isMutation = options.mutations && pick([false, false, false, true]);
      const root = isMutation ? schema.getMutationType()! : schema.getQueryType()!;
      const fragments: string[] = [];
      const draft: Draft = { schema, pick, fragments, names, argument: options.argument };
      const selection =
        options.repeated === undefined ? writeSelection(draft, root, 0) : writeRepeated(draft, root, options.repeated);
      const body = [selection, ...fragments].join('\n');
      const declared = Object.entries({ ...switches, ...options.variables })
        .filter(([name]) => body.includes(`$${name}`))
        .map(([name, forms]) => ({ name, ...pick(forms) }));
      const definitions = declared.map(({ name, type }) => `$${name}: ${type}`).join(', ');
      const head = `${isMutation ? 'mutation' : 'query'} Any${definitions === '' ? '' : `(${definitions})`}`;
      const assigned = declared.map(({ name, values }) => [name, pick(values)] as const);
      return {
        ...sourcesOf(schema, `${head} ${body}`),
        variables: Object.fromEntries(assigned.filter(([, value]) => value !== undefined)),
      };
    })
    .filter(({ source }) => validate(schema, parse(source)).length === 0);
}

/** Removes the odd aliases where one conflicts with another field's response name, which makes an operation invalid. */
function sourcesOf(schema: GraphQLSchema, marked: string): Omit<AnyOperation, 'variables'> {
  const source = marked.replaceAll(opened, '').replaceAll(closed, '');
  if (validate(schema, parse(source)).length === 0) {
    return { source, plainSource: marked.replaceAll(opened, plainPrefix).replaceAll(closed, '') };
  }
  const withoutAliases = marked.replaceAll(new RegExp(`${opened}\\w+${closed}: `, 'g'), '');
  return { source: withoutAliases, plainSource: withoutAliases };
}

/** Converts the answer for `plainSource` to the answer expected for `source`. */
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

interface Draft {
  readonly schema: GraphQLSchema;
  readonly pick: Pick;
  readonly fragments: string[];
  /** Names of fields, used as aliases of other fields. */
  readonly names: readonly string[];
  readonly argument: OperationsOptions['argument'];
}

function writeSelection(draft: Draft, type: GraphQLCompositeType, depth: number): string {
  const { pick } = draft;
  const count = pick([1, 2, maxWidth]);
  return `{ ${Array.from({ length: count }, () => writeSelectionItem(draft, type, depth)).join(' ')} }`;
}

/** Selects the same fields in several fragments on the root type, each time with another selection at the end. */
function writeRepeated(
  draft: Draft,
  root: GraphQLCompositeType,
  { paths, type }: NonNullable<OperationsOptions['repeated']>,
): string {
  const spreads = Array.from({ length: draft.pick([2, 3]) }, () => {
    const steps = draft.pick(paths).split(' ');
    const end = writeSelection(draft, draft.schema.getType(type) as GraphQLCompositeType, maxDepth - 2);
    const body = steps.reduceRight(
      (below, step) => `{ ${step.startsWith('on:') ? `... on ${step.slice(3)}` : step} ${below} }`,
      end,
    );
    const count = draft.fragments.push(`fragment Part${draft.fragments.length} on ${root.name} ${body}`);
    return `...Part${count - 1}`;
  });
  return `{ ${spreads.join(' ')} }`;
}

function writeSelectionItem(draft: Draft, type: GraphQLCompositeType, depth: number): string {
  const { schema, pick } = draft;
  const title = pick(['field', 'field', 'field', 'field', 'typename', 'inline', 'spread']);
  if (title === 'typename') return `${pick(['', 'kindOf: ', `${oddAlias(draft, '__typename')}: `])}__typename`;
  const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
  if (title === 'inline' || (title === 'field' && isUnionType(type))) {
    const condition = pick([...possible, type]);
    const head = condition === type ? pick(['...', `... on ${type.name}`]) : `... on ${condition.name}`;
    return `${head}${pick(['', '', ...conditions])} ${writeSelection(draft, condition, depth + 1)}`;
  }
  if (title === 'spread') {
    const condition = pick([...possible, type]);
    const name = `Part${draft.fragments.length}`;
    draft.fragments.push('');
    draft.fragments[Number(name.slice(4))] =
      `fragment ${name} on ${condition.name} ${writeSelection(draft, condition, depth + 1)}`;
    return `...${name}${pick(['', '', ...conditions])}`;
  }
  return writeField(draft, type, depth);
}

function writeField(draft: Draft, type: GraphQLCompositeType, depth: number): string {
  const { pick } = draft;
  if (isUnionType(type)) return '__typename';
  const fields = Object.values(type.getFields()).filter(
    (field) =>
      (depth < maxDepth || !isCompositeType(getNamedType(field.type))) && hasRequiredArguments(draft, field, type.name),
  );
  if (fields.length === 0) return '__typename';
  const field = pick(fields);
  const alias: Alias = pick<Alias>(['', '', '', 'one', 'two']);
  const odd = pick([false, false, false, true]) && alias === '' ? `${oddAlias(draft, field.name)}: ` : '';
  const below = getNamedType(field.type);
  return [
    alias === '' ? odd : `${alias}_${field.name}: `,
    field.name,
    writeArguments(draft, field, alias, type.name),
    pick(['', '', '', '', '', ...conditions]),
    isCompositeType(below) ? ` ${writeSelection(draft, below, depth + 1)}` : '',
  ].join('');
}

/** Without one of them the operation would be invalid, however often it is generated again. */
function hasRequiredArguments({ argument }: Draft, { args }: GraphQLField<unknown, unknown>, parent: string): boolean {
  return args.every((one) => !isRequiredArgument(one) || argument(one, '', parent) !== null);
}

function oddAlias({ pick, names }: Draft, field: string): string {
  return `${opened}${pick(names.filter((name) => name !== field))}${closed}`;
}

function writeArguments(
  { argument }: Draft,
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
