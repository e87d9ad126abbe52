import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import * as typescriptResolvers from '@graphql-codegen/typescript-resolvers';
import { readSubgraphs } from './supergraph.ts';

/** The types that stand behind the schema's where a resolver returns something else than the schema's shape. */
const mappers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  user: {
    User: './entities/user.ts#UserRow',
  },
  billing: {
    User: './context.ts#CustomerReference',
    Order: './context.ts#OrderReference',
    Account: './entities/account.ts#AccountRow',
    Entry: './entities/entry.ts#StatementRow',
    EntryConnection: './services/list-entries.ts#EntryPage',
    Transaction: './entities/transaction.ts#TransactionRow',
    TransactionConnection: './services/list-transactions.ts#TransactionPage',
    TransferQuote: './entities/quote.ts#QuoteRow',
  },
  order: {
    User: './context.ts#CustomerReference',
    Order: './entities/order.ts#OrderRow',
    OrderConnection: './services/list-orders.ts#OrderPage',
  },
  notification: {
    User: './context.ts#CustomerReference',
    Order: './context.ts#OrderReference',
    Notification: './entities/notification.ts#NotificationRow',
    NotificationConnection: './services/list-notifications.ts#NotificationPage',
  },
};

const contexts: Readonly<Record<string, string>> = {
  user: './context.ts#UserContext',
  billing: './context.ts#BillingContext',
  order: './context.ts#OrderContext',
  notification: './context.ts#NotificationContext',
};

/** The text of each subgraph's types.generated.ts. */
export async function generateResolverTypes(): Promise<[URL, string][]> {
  return await Promise.all(
    readSubgraphs().map(async ({ name, typeDefs }): Promise<[URL, string]> => {
      const text = await codegen({
        documents: [],
        filename: 'types.generated.ts',
        schema: typeDefs,
        plugins: [{ typescript: {} }, { typescriptResolvers: {} }],
        pluginMap: { typescript, typescriptResolvers },
        config: {
          federation: true,
          enumsAsTypes: true,
          immutableTypes: true,
          useTypeImports: true,
          strictScalars: true,
          defaultScalarType: 'unknown',
          scalars: {
            Decimal: { input: '../../platform/money/decimal.ts#Decimal', output: 'string' },
            DateTime: 'Date',
            _FieldSet: 'string',
          },
          mappers: mappers[name],
          contextType: contexts[name],
        },
      });
      return [
        new URL(`../subgraphs/${name}/types.generated.ts`, import.meta.url),
        `// Generated from schema.graphql by \`npm run compose\`: change that.\n${text}`,
      ];
    }),
  );
}
