import { GraphQLScalarType, Kind } from 'graphql';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { type Decimal, parseDecimal } from './decimal.ts';
import { badInput } from './faults.ts';

function decimalOf(text: string): Decimal {
  const decimal = parseDecimal(text);
  if (decimal === null) {
    throw badInput('A Decimal is written as in "12.50": digits, and a point if need be.');
  }
  return decimal;
}

/** Requests carry a string or an integer literal, which become a `Decimal`; responses carry the string. */
export const decimalScalar = new GraphQLScalarType<Decimal, string>({
  name: 'Decimal',
  serialize: (value) => {
    if (typeof value !== 'string') throw new TypeError('a Decimal leaves the program as a string');
    return value;
  },
  parseValue: (value) => {
    if (typeof value === 'string') return decimalOf(value);
    if (typeof value === 'number' && Number.isSafeInteger(value)) return decimalOf(value.toString());
    throw badInput('A Decimal is a string or an integer, never a float.');
  },
  parseLiteral: (node) => {
    if (node.kind === Kind.STRING || node.kind === Kind.INT) return decimalOf(node.value);
    throw badInput('A Decimal is a string or an integer, never a float.');
  },
});

const dateTimeConfig = GraphQLDateTimeISO.toConfig();

/** Under the schema's name for it: a schema that is rebuilt would take the library's for another type. */
export const dateTimeScalar = new GraphQLScalarType({
  ...dateTimeConfig,
  name: 'DateTime',
  parseValue: (value) => timeOf(() => dateTimeConfig.parseValue(value)),
  parseLiteral: (node) => timeOf(() => dateTimeConfig.parseLiteral(node)),
});

function timeOf(parse: () => Date): Date {
  try {
    return parse();
  } catch {
    throw badInput('A DateTime is written as in "2026-01-31T12:00:00.000Z".');
  }
}
