import { type ASTVisitor, GraphQLError, type ValidationContext } from 'graphql';

/** A validation rule that hides the schema of a subgraph: federation's `_service` shows it, as introspection does. */
export function noServiceField(context: ValidationContext): ASTVisitor {
  return {
    Field: ({ name }) => {
      if (name.value === '_service') context.reportError(new GraphQLError('Introspection is disabled on this server.'));
    },
  };
}
