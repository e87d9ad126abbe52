import fc from 'fast-check';
import { type GraphQLInputType, isEnumType, isInputObjectType, isListType, isNonNullType } from 'graphql';
import type { Customer } from './customers.ts';
import type { World } from './world.ts';

/** Values for an argument: most have the argument's type, many of them at a boundary, and some have no valid type. */
export function valuesOf(type: GraphQLInputType, world: World): fc.Arbitrary<unknown> {
  if (isNonNullType(type)) return fc.oneof({ weight: 30, arbitrary: wellTyped(type.ofType, world) }, anything);
  return fc.oneof({ weight: 20, arbitrary: wellTyped(type, world) }, fc.constantFrom(null, undefined), anything);
}

/** Objects with own properties that shadow `Object.prototype` or change how JavaScript treats them. */
const shadowingObjects = fc.constantFrom(
  { toString: 1, valueOf: 1 },
  { toJSON: {} },
  JSON.parse('{"then":1}') as object,
  { length: -1 },
  { constructor: null, hasOwnProperty: 0 },
);
const anything: fc.WeightedArbitrary<unknown> = {
  weight: 1,
  arbitrary: fc.oneof({ weight: 3, arbitrary: fc.jsonValue({ maxDepth: 2 }) }, shadowingObjects),
};

function wellTyped(type: GraphQLInputType, world: World): fc.Arbitrary<unknown> {
  if (isNonNullType(type)) return wellTyped(type.ofType, world);
  if (isListType(type)) return fc.array(valuesOf(type.ofType, world), { maxLength: 5 });
  if (isEnumType(type)) return fc.constantFrom(...type.getValues().map(({ name }) => name));
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    return fc.record(Object.fromEntries(fields.map((field) => [field.name, valuesOf(field.type, world)])));
  }
  return scalars[type.name]?.(world) ?? text;
}

const text = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ minLength: 200, maxLength: 400 }),
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    'a\ud800',
    "'; drop table users; --",
    '<img src=x onerror=alert(1)>',
    '../../etc/passwd',
    '%s%n',
    '{"$ne":null}',
    'customer@example.com',
    'a long enough one',
  ),
);

/** Amounts at the boundaries of parsing, rounding and storage. */
const amounts = fc.constantFrom(
  '0',
  '-0',
  '0.00',
  '0.01',
  '1',
  '1.00',
  '1.005',
  '-0.01',
  '99.99',
  '100.00',
  '999999999.99',
  '1000000000.00',
  '1000000000.01',
  '92233720368547758.07',
  '9'.repeat(40),
  '9'.repeat(101),
  `0.${'0'.repeat(40)}1`,
  '1e3',
  'NaN',
  'Infinity',
  '0x10',
  '٣',
  '+1',
  '01',
  '1,00',
  ' 1',
);
const integers = fc.oneof(
  fc.constantFrom(0, -1, 1, 2, 20, 100, 101, 1_000, 1_000_000, 2_147_483_647, 2_147_483_648, -2_147_483_648, 1.5),
  fc.integer(),
);

const scalars: Readonly<Record<string, (world: World) => fc.Arbitrary<unknown>>> = {
  ID: identifiers,
  String: () => text,
  Int: () => integers,
  Boolean: () => fc.boolean(),
  Decimal: () =>
    fc.oneof(
      amounts,
      integers,
      fc.double(),
      fc.bigInt().map(String),
      fc.integer({ min: 1, max: 500 }).map((cents) => (cents / 100).toFixed(2)),
    ),
  DateTime: () =>
    fc.oneof(
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.constantFrom(
        'yesterday',
        '2026-02-30T00:00:00Z',
        '9999-12-31T23:59:59.999Z',
        '0000-01-01T00:00:00Z',
        '2026-01-01',
      ),
      text,
    ),
};

/** Ids that exist, ids that could exist, and values that are not ids. */
export function identifiers(world: World): fc.Arbitrary<unknown> {
  return fc.oneof(fc.constantFrom(...idsOf(world)), fc.uuid(), fc.uuid(), text, integers);
}

function idsOf({ ada, eve, order, transaction, notification }: World): string[] {
  const accountsOf = ({ accounts }: Customer) => Object.values(accounts);
  return [...accountsOf(ada), ...accountsOf(ada), ...accountsOf(eve), order, transaction, notification, ada.id, eve.id];
}
