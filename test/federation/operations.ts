import fc from 'fast-check';
import {
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isUnionType,
  NoUnusedFragmentsRule,
  NoUnusedVariablesRule,
  parse,
  specifiedRules,
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
const rules = specifiedRules.filter((rule) => rule !== NoUnusedVariablesRule && rule !== NoUnusedFragmentsRule);

/** Valid operations of all shapes: aliases, fragments, conditions, fields that are selected twice, names of types. */
export function operationsOf(schema: GraphQLSchema): fc.Arbitrary<AnyOperation> {
  return fc
    .gen()
    .map((draw): AnyOperation => {
      const pick: Pick = (items) => items[draw(fc.nat, items.length - 1)]!;
      const isMutation = pick([false, false, false, true]);
      const root = isMutation ? schema.getMutationType()! : schema.getQueryType()!;
      const fragments: string[] = [];
      const selection = writeSelection({ schema, pick, fragments }, root, 0);
      const variables = '$yes: Boolean!, $no: Boolean!, $unset: Boolean = true, $first: Int, $id: ID!';
      const source = [`${isMutation ? 'mutation' : 'query'} Any(${variables}) ${selection}`, ...fragments].join('\n');
      return {
        source,
        variables: {
          yes: pick([true, false]),
          no: pick([true, false]),
          first: pick([0, 1, 2]),
          id: pick(['1', '2', '7']),
        },
      };
    })
    .filter(({ source }) => validate(schema, parse(source), rules).length === 0);
}

type Pick = <Item>(items: readonly Item[]) => Item;

interface Writing {
  readonly schema: GraphQLSchema;
  readonly pick: Pick;
  readonly fragments: string[];
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
  const alias = pick(['', '', '', 'one', 'two']);
  const below = getNamedType(field.type);
  return [
    alias === '' ? '' : `${alias}_${field.name}: `,
    field.name,
    writeArguments(field, alias),
    pick(['', '', '', '', '', ...conditions]),
    isCompositeType(below) ? ` ${writeSelection(writing, below, depth + 1)}` : '',
  ].join('');
}

/** The same for the same name in the answer, so that two of a name can be one. */
function writeArguments({ args }: GraphQLField<unknown, unknown>, alias: string): string {
  if (args.length === 0) return '';
  const values: Record<string, string> = {
    first: alias === '' ? '$first' : '2',
    id: alias === 'one' ? '"5"' : '$id',
    text: '"new"',
    name: 'null',
  };
  return `(${args.map(({ name }) => `${name}: ${values[name]}`).join(', ')})`;
}
