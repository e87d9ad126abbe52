import { randomUUID } from 'node:crypto';
import { importJWK, type JWK, SignJWT } from 'jose';
import { Client } from 'pg';
import { accessTokenType, signatureAlgorithm } from '#platform/identity/identity.ts';
import type { Customer } from './customer.ts';
import { until } from './until.ts';

/** Ids of a customer's data, and the values that no other customer may read. */
export interface Belongings {
  readonly ids: {
    readonly account: string;
    readonly transaction: string;
    readonly order: string;
    readonly notification: string;
  };
  readonly secrets: readonly string[];
}

/** Gives a customer named Adelheid a deposit, a paid order and its notification. */
export async function acquire(customer: Customer): Promise<Belongings> {
  await customer.deposit('137.31');
  const product = `product-${randomUUID()}`;
  const placed = await customer.placeOrder({ productId: product, unitPrice: '11.17', quantity: 3 });
  const found = await until('the notification', async () => {
    const { viewer } = await customer.request<{ viewer: ViewerView }>(
      `{ viewer {
        accounts { id number balance { amount } }
        transactions { nodes { id } }
        notifications { nodes { id subject body } }
      } }`,
    );
    return viewer.notifications.nodes.length > 0 && viewer;
  });
  const notice = found.notifications.nodes[0]!;
  const usd = found.accounts.find(({ balance }) => balance.amount !== '0.00')!;
  return {
    ids: {
      account: usd.id,
      transaction: found.transactions.nodes[0]!.id,
      order: placed.order!.id,
      notification: notice.id,
    },
    secrets: [
      customer.email,
      'Adelheid',
      product,
      usd.balance.amount,
      '137.31',
      '11.17',
      '33.51',
      notice.subject,
      ...found.accounts.map(({ number }) => number),
    ],
  };
}

interface ViewerView {
  readonly accounts: readonly { id: string; number: string; balance: { amount: string } }[];
  readonly transactions: { readonly nodes: readonly { id: string }[] };
  readonly notifications: { readonly nodes: readonly { id: string; subject: string; body: string }[] };
}

/**
 * @param userDatabase the URL of the user database, which has the system's signing key
 * @returns a token signed with this key that expired an hour ago
 */
export async function expiredTokenOf(userDatabase: string, { id, email }: Customer): Promise<string> {
  const database = new Client({ connectionString: userDatabase });
  await database.connect();
  const { rows } = await database.query<{ kid: string; private_jwk: JWK }>('select kid, private_jwk from signing_keys');
  await database.end();
  const { kid, private_jwk: jwk } = rows[0]!;
  return await new SignJWT({ email, name: 'Adelheid' })
    .setProtectedHeader({ alg: signatureAlgorithm, typ: accessTokenType, kid })
    .setIssuer('wallet-and-orders')
    .setAudience('wallet-and-orders-api')
    .setSubject(id)
    .setIssuedAt('-2h')
    .setExpirationTime('-1h')
    .sign(await importJWK(jwk, signatureAlgorithm));
}
