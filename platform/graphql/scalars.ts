import {
  type GraphQLError,
  GraphQLID,
  GraphQLScalarType,
  type GraphQLSchema,
  type IntValueNode,
  isScalarType,
  Kind,
  type ValueNode,
} from 'graphql';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { type Decimal, parseDecimal } from '../money/decimal.ts';
import { badInput } from '../errors/faults.ts';

function decimalOf(text: string, node?: ValueNode): Decimal {
  const decimal = parseDecimal(text);
  if (decimal === null) {
    throw badInput('Enter a decimal number, such as "12.50".', node);
  }
  return decimal;
}

/** Parses a string or an integer into a `Decimal`. Responses have a string. */
export const decimalScalar = new GraphQLScalarType<Decimal, string>({
  name: 'Decimal',
  serialize: (value) => {
    if (typeof value !== 'string') throw new TypeError('a Decimal leaves the program as a string');
    return value;
  },
  parseValue: (value) => {
    if (typeof value === 'string') return decimalOf(value);
    if (typeof value === 'number' && Number.isInteger(value)) return decimalOf(exactInteger('Decimal', value));
    throw notADecimal();
  },
  parseLiteral: (node) => {
    if (node.kind === Kind.STRING) return decimalOf(node.value, node);
    if (node.kind === Kind.INT) return decimalOf(exactIntegerLiteral('Decimal', node), node);
    throw notADecimal(node);
  },
});

function notADecimal(node?: ValueNode): GraphQLError {
  return badInput('A Decimal is a string or an integer, never a float.', node);
}

const { parseValue: parseId, parseLiteral: parseIdLiteral } = GraphQLID;

/**
 * Makes ID refuse numbers that are not safe integers: a JSON parser rounds them, and two idempotency keys would become
 * one. All schemas of a process share the type ID.
 */
export function refuseInexactIds(): void {
  GraphQLID.parseValue = (value) => parseId(typeof value === 'number' ? exactInteger('ID', value) : value);
  GraphQLID.parseLiteral = (node, variables) => {
    if (node.kind === Kind.INT) exactIntegerLiteral('ID', node);
    return parseIdLiteral(node, variables);
  };
}

/** @throws BAD_USER_INPUT if another number may have been rounded to this one. */
function exactInteger(type: string, value: number): string {
  if (Number.isSafeInteger(value)) return value.toString();
  throw badInput(inexact(type));
}

/** @throws BAD_USER_INPUT if the same number in JSON would be refused. */
function exactIntegerLiteral(type: string, node: IntValueNode): string {
  if (isSafeIntegerText(node.value)) return node.value;
  throw badInput(inexact(type), node);
}

export function isSafeIntegerText(text: string): boolean {
  return Number.isSafeInteger(Number(text));
}

function inexact(type: string): string {
  return `A number for ${type} is an integer between -(2^53 - 1) and 2^53 - 1. Send any other value as a string.`;
}

const dateTimeConfig = GraphQLDateTimeISO.toConfig();

/** Renamed to the schema's name: a rebuilt schema would treat the library's scalar as another type. */
export const dateTimeScalar = new GraphQLScalarType({
  ...dateTimeConfig,
  name: 'DateTime',
  parseValue: (value) => timeOf(value, () => dateTimeConfig.parseValue(value)),
  parseLiteral: (node) => timeOf('value' in node ? node.value : null, () => dateTimeConfig.parseLiteral(node), node),
});

/** RFC 3339 allows any number of decimal places; a nanosecond takes 35 characters with its offset. */
const longestTime = 40;

function timeOf(written: unknown, parse: () => Date, node?: ValueNode): Date {
  const fault = () => badInput('Enter a date and time, such as "2026-01-31T12:00:00.000Z".', node);
  if (typeof written === 'string' && written.length > longestTime) throw fault();
  try {
    return parse();
  } catch {
    throw fault();
  }
}

/** Makes a schema without resolvers parse the scalars as the subgraphs do. */
export function useScalars(schema: GraphQLSchema): void {
  for (const { name, parseValue, parseLiteral } of [decimalScalar, dateTimeScalar]) {
    const scalar = schema.getType(name);
    if (isScalarType(scalar)) Object.assign(scalar, { parseValue, parseLiteral });
  }
}
