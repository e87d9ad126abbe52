import {
  type GraphQLCompositeType,
  GraphQLError,
  type GraphQLLeafType,
  type GraphQLOutputType,
  isEnumType,
} from 'graphql';
import type { Variables } from './run.ts';

/** The state of a response that is being completed. */
export interface Completion {
  readonly variables: Variables;
  readonly path: (string | number)[];
  readonly faults: GraphQLError[];
  /** Whether the last null that was completed is explained by a recorded fault. */
  isNullByFault: boolean;
}

/** Completes a value. `before` is the value from an earlier selection of the same field, or undefined. */
export type Complete = (
  input: unknown,
  before: unknown,
  parent: GraphQLCompositeType,
  completion: Completion,
) => unknown;

/** Values of custom scalars are not checked. */
export function prepareLeaf(type: GraphQLLeafType): Complete {
  const isValid = isEnumType(type)
    ? (value: unknown) => typeof value === 'string' && type.getValue(value) !== undefined
    : validScalars[type.name];
  return (input, _before, parent, completion) => {
    if (input === null) return nullBy(false, completion);
    if (isValid === undefined || isValid(input)) return input;
    return invalidBy('Invalid value found for', type, parent, completion);
  };
}

const isWholeNumber = (value: unknown) => typeof value === 'number' && /^-?\d+$/.test(String(value));

const validScalars: Readonly<Record<string, (value: unknown) => boolean>> = {
  Boolean: (value) => typeof value === 'boolean',
  Int: isWholeNumber,
  Float: (value) => Number.isFinite(value),
  String: (value) => typeof value === 'string',
  ID: (value) => typeof value === 'string' || isWholeNumber(value),
};

export function nullBy(fault: boolean, completion: Completion): null {
  completion.isNullByFault = fault;
  return null;
}

export function invalidBy(
  fault: string,
  type: GraphQLOutputType,
  parent: GraphQLCompositeType,
  completion: Completion,
): null {
  note(fault, type, parent, completion);
  return nullBy(true, completion);
}

export function note(
  fault: string,
  type: GraphQLOutputType,
  parent: GraphQLCompositeType,
  { path, faults }: Completion,
): void {
  const last = path.at(-1)!;
  const position =
    typeof last === 'string'
      ? `field ${parent.name}.${last}`
      : `array element of type ${String(type)} at index ${last}`;
  faults.push(
    new GraphQLError(`${fault} ${position}.`, { path: [...path], extensions: { code: 'INTERNAL_SERVER_ERROR' } }),
  );
}
