import {
  type GraphQLCompositeType,
  GraphQLError,
  type GraphQLLeafType,
  type GraphQLOutputType,
  isEnumType,
} from 'graphql';
import { maxErrors } from '#platform/graphql/answer-form.ts';
import type { RunErrors } from './errors.ts';
import type { SharedValues, Variables } from './run.ts';

/** The state of a response that is being completed. */
export interface Completion {
  readonly variables: Variables;
  readonly path: (string | number)[];
  /** The errors of the subgraphs, which can explain a fault. */
  readonly errors: RunErrors;
  /** The first `maxErrors` faults that no error explains. */
  readonly faults: GraphQLError[];
  /** The number of all faults. */
  faultCount: number;
  readonly shared: SharedValues;
  /** Whether the value that is being completed is in a shared one. Other positions may have its earlier output, too. */
  isShared: boolean;
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
 * later selection of the field does not change the earlier output, but completes a copy of it, again once.
 */
export function completeOnce(complete: Complete): Complete {
  return (input, before, parent, completion) => {
    const { shared, isShared, faultCount } = completion;
    if (shared.size === 0 || !shared.has(input as object)) return complete(input, before, parent, completion);
    const start = (before ?? input) as object;
    const known = shared.get(start);
    if (known?.by === complete) return known.output;
    completion.isShared = true;
    const output = complete(input, before, parent, completion);
    completion.isShared = isShared;
    if (completion.faultCount === faultCount && output !== null) shared.set(start, { by: complete, output });
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
  completion: Completion,
): void {
  const { path, errors, faults } = completion;
  completion.faultCount += 1;
  if (faults.length === maxErrors || errors.explain(path)) return;
  const last = path.at(-1)!;
  const position =
    typeof last === 'string'
      ? `field ${parent.name}.${last}`
      : `array element of type ${String(type)} at index ${last}`;
  faults.push(
    new GraphQLError(`${fault} ${position}.`, { path: [...path], extensions: { code: 'INTERNAL_SERVER_ERROR' } }),
  );
}
