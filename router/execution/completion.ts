import {
  type GraphQLCompositeType,
  GraphQLError,
  type GraphQLLeafType,
  type GraphQLOutputType,
  isEnumType,
} from 'graphql';
import type { SharedValues, Variables } from './run.ts';

/** The state of a response that is being completed. */
export interface Completion {
  readonly variables: Variables;
  readonly path: (string | number)[];
  readonly faults: GraphQLError[];
  readonly shared: SharedValues;
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

/**
 * Completes a value that occurs in several positions once, if it has no faults: those are reported for each position. A
 * value that a second selection of the field has nulled in part is completed anew at its next position.
 */
export function completeOnce(complete: Complete): Complete {
  return (input, before, parent, completion) => {
    const { shared, faults } = completion;
    if (shared.size === 0 || !shared.has(input as object)) return complete(input, before, parent, completion);
    if (before === undefined) {
      const known = shared.get(input as object);
      if (known?.by === complete) return known.output;
    }
    const faultsBefore = faults.length;
    const output = complete(input, before, parent, completion);
    if (faults.length > faultsBefore) shared.set(input as object, undefined);
    else if (before === undefined && output !== null) shared.set(input as object, { by: complete, output });
    return output;
  };
}

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
