import { type ASTVisitor, GraphQLError, type ValidationContext } from 'graphql';

/** For a subgraph whose schema is nobody's business: beside introspection, federation has a field that shows it. */
export function noServiceField(context: ValidationContext): ASTVisitor {
  return {
    Field: ({ name }) => {
      if (name.value === '_service') context.reportError(new GraphQLError('Introspection is disabled on this server.'));
    },
  };
}
