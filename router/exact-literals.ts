import { type ASTVisitor, getNamedType, type ValidationContext } from 'graphql';
import { badInput } from '#platform/faults.ts';

/**
 * Refuses numbers that would not reach a subgraph as they were written: the gateway reads the literals of a scalar
 * that it does not know as JavaScript's numbers, which turns 1e3 into 1000 and rounds long integers.
 */
export function exactLiterals(context: ValidationContext): ASTVisitor {
  const isDecimal = () => getNamedType(context.getInputType())?.name === 'Decimal';
  return {
    FloatValue: () => {
      if (isDecimal()) context.reportError(badInput('A Decimal is a string or an integer, never a float.'));
    },
    IntValue: (node) => {
      if (isDecimal() && !Number.isSafeInteger(Number(node.value))) {
        context.reportError(badInput('A Decimal of so many digits has to be a string.'));
      }
    },
  };
}
