import { randomUUID } from 'node:crypto';
import type { SubgraphName } from '#subgraphs/manifest.ts';

/** A valid value of an input, in a document. */
export const literal = (place: string, type: string): string => {
  if (type === 'Decimal') return '"1.00"';
  if (type === 'Int') return '1';
  if (type === 'DateTime') return JSON.stringify(new Date().toISOString());
  if (place.endsWith('WebhookEndpointInput.url')) return '"https://shop.example/"';
  if (place.endsWith('.scopes')) return '"accounts:read"';
  if (place.endsWith('.currentPassword')) return '"correct horse battery staple"';
  return place.endsWith('.email') ? '"ada@example.com"' : JSON.stringify(randomUUID());
};

/** Documents that reach the fields of a type. */
export const ways = {
  Query: (selection: string) => `query { ${selection} }`,
  Mutation: (selection: string) => `mutation { ${selection} }`,
  Subscription: (selection: string) => `subscription { ${selection} }`,
  User: (selection: string) => `query { viewer { ${selection} } }`,
  WebhookEndpoint: (selection: string) => `query { viewer { webhookEndpoints { ${selection} } } }`,
  Account: (selection: string) => `query { viewer { account(currency: USD) { ${selection} } } }`,
  CustomerRecord: (selection: string) => `query { customerRecord(permit: "none") { ${selection} } }`,
  AccountRecord: (selection: string) => `query { customerRecord(permit: "none") { accounts { ${selection} } } }`,
  HouseAccount: (selection: string) => `query { houseAccounts(reason: "a check") { ${selection} } }`,
};

const inRecord = (selection: string) => `query {
  _entities(representations: [{ __typename: "CustomerRecord", id: "${randomUUID()}", permit: "none" }]) {
    ... on CustomerRecord { ${selection} }
  }
}`;

/** A subgraph that does not find customers has their records as entities only. */
export const waysIn = (name: SubgraphName) =>
  name === 'user'
    ? ways
    : {
        ...ways,
        CustomerRecord: inRecord,
        AccountRecord: (selection: string) => inRecord(`accounts { ${selection} }`),
      };

/** Whether only shops may ask: a customer is refused before the arguments are read. */
export const isForShops = ({ place }: { readonly place: string }) =>
  /^(?:Mutation\.placeShopOrder|Query\.(?:shopOrders?|orderingConsent))\(/.test(place);
