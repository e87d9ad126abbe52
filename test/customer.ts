import { randomUUID } from 'node:crypto';
import type { Currency } from '#platform/money/currency.ts';
import type { OrderStatus } from '#platform/orders/lifecycle.ts';
import { graphql, graphqlData } from './graphql.ts';
import { until } from './until.ts';

export interface MoneyView {
  readonly amount: string;
  readonly currency: Currency;
}

export interface OrderView {
  readonly id: string;
  readonly status: OrderStatus;
  readonly rejectionReason: string | null;
  readonly total: MoneyView;
}

interface UserErrorView {
  readonly code: string;
  readonly message: string;
  readonly field: string[] | null;
}

export interface PlaceOrder {
  readonly productId?: string;
  readonly unitPrice: string;
  readonly quantity?: number;
  readonly currency?: Currency;
  readonly idempotencyKey?: string;
}

/** A customer registered through the router, with the operations of a client. */
export interface Customer {
  readonly id: string;
  readonly email: string;
  readonly password: string;
  readonly token: string;
  readonly refreshToken: string;
  readonly request: <Data = Record<string, never>>(query: string, variables?: object) => Promise<Data>;
  readonly account: (currency: Currency) => Promise<{ id: string; number: string; balance: MoneyView }>;
  readonly balance: (currency?: Currency) => Promise<string>;
  readonly deposit: (amount: string, currency?: Currency) => Promise<void>;
  readonly withdraw: (amount: string, currency?: Currency) => Promise<void>;
  readonly placeOrder: (order: PlaceOrder) => Promise<{ order: OrderView | null; userErrors: UserErrorView[] }>;
  readonly order: (id: string) => Promise<OrderView | null>;
  /** A new confirmation, for a customer without a second factor. */
  readonly confirm: () => Promise<string>;
}

const password = 'correct horse battery staple';

export async function registerCustomer(url: string, name = 'Ada'): Promise<Customer> {
  const email = `${name.toLowerCase()}.${randomUUID()}@example.com`;
  const { register } = await graphqlData<{
    register: { accessToken: string; refreshToken: string; user: { id: string } };
  }>(url, {
    query: `mutation ($input: RegisterInput!) {
      register(input: $input) { accessToken refreshToken user { id } userErrors { code } }
    }`,
    variables: { input: { email, name, password } },
  });
  const token = register.accessToken;

  const request = async <Data>(query: string, variables?: object): Promise<Data> =>
    await graphqlData<Data>(url, { query, token, ...(variables === undefined ? {} : { variables }) });

  const account = async (currency: Currency) => {
    const { viewer } = await request<{ viewer: { account: { id: string; number: string; balance: MoneyView } } }>(
      `query ($currency: Currency!) { viewer { account(currency: $currency) { id number balance { amount currency } } } }`,
      { currency },
    );
    return viewer.account;
  };

  const move = async (mutation: 'deposit' | 'withdraw', amount: string, currency: Currency): Promise<void> => {
    const input = {
      accountId: (await account(currency)).id,
      amount: { amount, currency },
      idempotencyKey: randomUUID(),
    };
    const type = mutation === 'deposit' ? 'DepositInput' : 'WithdrawInput';
    const answer = await request<Record<string, { userErrors: UserErrorView[] }>>(
      `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code message field } } }`,
      { input },
    );
    const errors = answer[mutation]!.userErrors;
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
  };

  return {
    id: register.user.id,
    email,
    password,
    token,
    refreshToken: register.refreshToken,
    request,
    account,
    balance: async (currency = 'USD') => (await account(currency)).balance.amount,
    deposit: (amount, currency = 'USD') => move('deposit', amount, currency),
    withdraw: (amount, currency = 'USD') => move('withdraw', amount, currency),
    placeOrder: async ({
      productId = 'book',
      unitPrice,
      quantity = 1,
      currency = 'USD',
      idempotencyKey = randomUUID(),
    }) => {
      const { placeOrder } = await request<{ placeOrder: { order: OrderView | null; userErrors: UserErrorView[] } }>(
        `mutation ($input: PlaceOrderInput!) {
          placeOrder(input: $input) {
            order { id status rejectionReason total { amount currency } } userErrors { code message field }
          }
        }`,
        { input: { productId, unitPrice: { amount: unitPrice, currency }, quantity, idempotencyKey } },
      );
      return placeOrder;
    },
    order: async (id) => {
      const { data } = await graphql<{ order: OrderView | null }>(url, {
        query: 'query ($id: ID!) { order(id: $id) { id status rejectionReason total { amount currency } } }',
        variables: { id },
        token,
      });
      return data?.order ?? null;
    },
    confirm: async () => {
      const query = `mutation ($input: ConfirmIdentityInput!) {
        confirmIdentity(input: $input) { confirmation userErrors { code } }
      }`;
      const { confirmIdentity } = await request<{ confirmIdentity: { confirmation: string | null } }>(query, {
        input: { password },
      });
      if (confirmIdentity.confirmation === null) throw new Error(JSON.stringify(confirmIdentity));
      return confirmIdentity.confirmation;
    },
  };
}

/**
 * Waits until an order is settled and its customer has the message, which is the last effect of each change of an order.
 *
 * @param status to wait for; without it, any.
 */
export async function settled(
  { request }: Pick<Customer, 'request'>,
  orderId: string,
  status?: OrderStatus,
): Promise<void> {
  const query = 'query ($id: ID!) { order(id: $id) { status notifications { id } } }';
  // A refunded order was paid before.
  const messages = status === 'REFUNDED' ? 2 : 1;
  await until(`the message of ${status === undefined ? 'an' : `a ${status}`} order`, async () => {
    const { order } = await request<{ order: { status: string; notifications: object[] } }>(query, {
      id: orderId,
    });
    return (status === undefined || order.status === status) && order.notifications.length >= messages;
  });
}
