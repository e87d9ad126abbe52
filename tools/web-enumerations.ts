import { GraphQLEnumType, type GraphQLSchema } from 'graphql';
import { roles } from '#platform/identity/roles.ts';
import { scopes } from '#platform/identity/scopes.ts';
import { currencies, currencyNames } from '#platform/money/currency.ts';
import { unsettledStatuses } from '#platform/orders/lifecycle.ts';

const target = new URL('../web/src/graph/enumerations.generated.ts', import.meta.url);

/** The enums whose values the console lists, by the name of the list. */
const lists = { orderStatuses: 'OrderStatus', webhookEventTypes: 'WebhookEventType' } as const;

/** The text of the lists of values that the web console shows. */
export function webEnumerations(api: GraphQLSchema): readonly [URL, string] {
  const types = ['Currency', ...Object.values(lists)].join(', ');
  const names = currencies.map((currency) => `  ${currency}: ${literal(currencyNames[currency])},\n`).join('');
  const text = [
    '// Generated from the schema and the list of currencies by `npm run compose`: change those.\n',
    `import type { ${types} } from './operations.generated.ts';\n\n`,
    '/** For sentences, such as `your euro account`. */\n',
    `export const currencyNames: Readonly<Record<Currency, string>> = {\n${names}};\n`,
    '\n/** An order in one of these changes without the customer. */\n',
    `export const unsettledStatuses: ReadonlySet<OrderStatus> = new Set([${unsettledStatuses.map(literal).join(', ')}]);\n`,
    `\n/** The roles of staff, in the claim \`roles\` of an access token. */\n`,
    `export const roles = [${roles.map(literal).join(', ')}] as const;\n`,
    'export type Role = (typeof roles)[number];\n',
    `\n/** The scopes of API clients. */\n`,
    `export const scopes = [\n${scopes.map((scope) => `  ${literal(scope)},\n`).join('')}] as const;\n`,
    'export type Scope = (typeof scopes)[number];\n',
    ...Object.entries(lists).map(([name, type]) => listOf(name, api.getType(type))),
  ];
  return [target, text.join('')];
}

function listOf(name: string, type: unknown): string {
  if (!(type instanceof GraphQLEnumType)) throw new Error(`${name}: the schema has no such enum`);
  const values = type.getValues().map((value) => `  '${value.name}',\n`);
  return `\nexport const ${name}: readonly ${type.name}[] = [\n${values.join('')}];\n`;
}

const literal = (text: string) => (text.includes("'") ? JSON.stringify(text) : `'${text}'`);
