import {
  type GraphQLInputType,
  type GraphQLScalarType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
} from 'graphql';
import { isStorable } from '#platform/graphql/stored-text.ts';

/** A wrong value in a request. */
export interface ValueFault {
  /** The steps from the value of the parameter to the wrong part. */
  readonly path: readonly (string | number)[];
  readonly detail: string;
}

type Report = (path: readonly (string | number)[], detail: string) => void;

/** Each wrong value is reported, up to this number. */
const maxFaults = 20;

/**
 * Checks a JSON value against an input type of the graph. It is stricter than GraphQL: a string is never a number, and an
 * item is never a list.
 */
export function faultsOfValue(type: GraphQLInputType, value: unknown): ValueFault[] {
  return reported((report) => check(type, value, [], report));
}

/** Checks an object with these members, such as the body. */
export function faultsOfObject(fields: Readonly<Record<string, Field>>, value: unknown): ValueFault[] {
  return reported((report) => checkObject(fields, value, [], report));
}

interface Field {
  readonly type: GraphQLInputType;
}

function reported(run: (report: Report) => void): ValueFault[] {
  const faults: ValueFault[] = [];
  run((path, detail) => {
    if (faults.length < maxFaults) faults.push({ path, detail });
  });
  return faults;
}

function check(type: GraphQLInputType, value: unknown, path: readonly (string | number)[], report: Report): void {
  if (isNonNullType(type)) {
    if (value === null) report(path, 'This must not be null.');
    else check(type.ofType, value, path, report);
  } else if (value === null) {
    return;
  } else if (isListType(type)) {
    if (!Array.isArray(value)) report(path, 'This must be an array.');
    else for (const [index, item] of value.entries()) check(type.ofType, item, [...path, index], report);
  } else if (isInputObjectType(type)) {
    checkObject(type.getFields(), value, path, report);
  } else if (isEnumType(type)) {
    const names = type.getValues().map(({ name }) => name);
    if (typeof value !== 'string' || !names.includes(value)) report(path, `This must be one of ${names.join(', ')}.`);
  } else if (isScalarType(type)) {
    const detail = scalarFault(type, value);
    if (detail !== null) report(path, detail);
  }
}

function checkObject(
  fields: Readonly<Record<string, Field>>,
  value: unknown,
  path: readonly (string | number)[],
  report: Report,
): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return report(path, 'This must be an object.');
  }
  const members = value as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(members)) {
    if (!Object.hasOwn(fields, name)) report([...path, name], 'This member is unknown.');
  }
  for (const [name, { type }] of Object.entries(fields)) {
    if (Object.hasOwn(members, name)) check(type, members[name], [...path, name], report);
    else if (isNonNullType(type)) report([...path, name], 'This member is required.');
  }
}

const jsonTypes: Readonly<Record<string, readonly [isValid: (value: unknown) => boolean, what: string]>> = {
  Int: [(value) => Number.isInteger(value) && value === (Number(value) | 0), 'an integer of 32 bits'],
  Boolean: [(value) => typeof value === 'boolean', 'true or false'],
};
/** ID, String, Decimal and DateTime. */
const text: (typeof jsonTypes)[string] = [(value) => typeof value === 'string', 'a string'];

function scalarFault(type: GraphQLScalarType, value: unknown): string | null {
  const [isValid, what] = jsonTypes[type.name] ?? text;
  if (!isValid(value)) return `This must be ${what}.`;
  if (typeof value === 'string' && !isStorable(value)) return 'This contains NUL or an unpaired surrogate.';
  try {
    type.parseValue(value);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/**
 * Reads the text of a parameter of the path or of the query. A list is separated by commas; `\,` is a comma in an item.
 *
 * @returns the text itself where it is not of the type, which `faultsOfValue` then reports.
 */
export function valueOfText(type: GraphQLInputType, written: string): unknown {
  if (isNonNullType(type)) return valueOfText(type.ofType, written);
  if (isListType(type)) {
    return written.split(/(?<!\\),/).map((item) => valueOfText(type.ofType, item.replaceAll('\\,', ',')));
  }
  if (!isScalarType(type)) return written;
  if (type.name === 'Int' && /^-?\d{1,10}$/.test(written)) return Number(written);
  if (type.name === 'Boolean' && (written === 'true' || written === 'false')) return written === 'true';
  return written;
}
