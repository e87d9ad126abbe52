import type { GraphQLError } from 'graphql';
import { newKey, restClient, type RestClient } from '../rest-client.ts';
import { type RunningRouter, startRouterWithDoubles } from './running-router.ts';

/** What the doubles answer. Tests change it. */
interface RestAnswers {
  /** The payload of mutations of money. */
  payload: object;
  /** The payload of a sign-in, and of a change of the profile. */
  signedIn: object;
  /** Why the doubles refuse a list of orders and a transfer; null if they do not. */
  refusal: GraphQLError | null;
}

/** A router with doubles of the subgraphs, and clients of its REST API. */
interface RestRouter {
  readonly router: RunningRouter;
  readonly answers: RestAnswers;
  /** With the token of a customer. */
  readonly ada: RestClient;
  /** Without a token. */
  readonly anyone: RestClient;
  /** Sends a deposit with a new key. */
  readonly postDeposit: (body: unknown) => ReturnType<RestClient>;
}

export const money = { amount: '1.00', currency: 'USD' };
export const deposit = { accountId: 'account', amount: money };

/** Starts the router. It serves registered operations only, and the pages of `https://shop.example`. */
export async function startRestRouter(): Promise<RestRouter> {
  const answers: RestAnswers = { payload: {}, signedIn: {}, refusal: null };
  const router = await startRouterWithDoubles(doublesWith(answers), {
    CORS_ORIGINS: 'https://shop.example',
    ONLY_REGISTERED_OPERATIONS: 'true',
  });
  const token = (await router.issuer.authorization({ userId: 'ada' })).slice('Bearer '.length);
  const ada = restClient(router.origin, token);
  return {
    router,
    answers,
    ada,
    anyone: restClient(router.origin, null),
    postDeposit: async (body) => await ada('/deposits', { body, key: newKey() }),
  };
}

function doublesWith(answers: RestAnswers) {
  const payload = () => answers.payload;
  const signedIn = () => answers.signedIn;
  const orRefuse = <Answer>(answer: () => Answer) => {
    return () => {
      if (answers.refusal !== null) throw answers.refusal;
      return answer();
    };
  };
  const refused = (code: string) => ({ userErrors: [{ code, message: 'No.' }] });
  // Every page of orders has a next one.
  const orders = orRefuse(() => ({ nodes: [], pageInfo: { hasNextPage: true, endCursor: 'a+b&c' } }));
  return {
    billing: {
      Query: {
        transaction: () => null,
        account: () => {
          throw new Error('select secret from accounts');
        },
      },
      Mutation: { deposit: payload, quoteTransfer: payload, transfer: orRefuse(payload) },
    },
    order: {
      Query: { viewer: () => ({ id: 'ada' }) },
      User: { orders },
      Mutation: { refundOrder: () => ({ order: null, ...refused('INVALID_STATE') }) },
    },
    user: { Mutation: { login: signedIn, completeLogin: signedIn, updateProfile: signedIn } },
    notification: { Mutation: { markNotificationRead: () => ({ notification: null, ...refused('NOT_FOUND') }) } },
  };
}
