import { randomUUID } from 'node:crypto';
import type { Case, Expectation } from '../case.ts';
import { password } from '../customers.ts';
import { type World } from '../world.ts';

const names: readonly (readonly [what: string, name: string])[] = [
  ['a header in it', 'Ada\r\nBcc: all@example.com'],
  ['a line separator', 'Ada\u2028Your bank writes:'],
  ['a right-to-left override', 'Ada\u202Emoc.elpmaxe'],
];

const refused: Expectation = { userError: 'INVALID_TOKEN' };
const tokens = ['', 'x'.repeat(65), `${'A'.repeat(22)}${'b'.repeat(43)}`, '../../etc/passwd'];

/** Links and codes of messages, and the words that would stand in them. */
export const mailCases: readonly Case[] = [
  ...names.map(([what, name]): Case => ({
    title: `a registration whose name has ${what}`,
    request: async ({ request }) =>
      await request('mutation ($input: RegisterInput!) { register(input: $input) { userErrors { code field } } }', {
        variables: { input: { email: `${randomUUID()}@example.com`, name, password } },
      }),
    expected: { userError: 'INVALID_NAME' },
  })),
  ...names.flatMap(([what, name]): Case[] => [
    {
      title: `a profile whose name has ${what}`,
      request: used('updateProfile', { name }, 'ada'),
      expected: { userError: 'INVALID_NAME' },
    },
    {
      title: `a passkey whose name has ${what}`,
      request: used('addPasskey', { name, response: '{}' }, 'ada'),
      expected: { userError: 'INVALID_NAME' },
    },
  ]),
  ...names.map(([what, productId]): Case => ({
    title: `an order whose product has ${what}`,
    request: async ({ request, ada }) =>
      await request('mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { userErrors { code field } } }', {
        variables: {
          input: {
            productId,
            unitPrice: { amount: '1.00', currency: 'USD' },
            quantity: 1,
            idempotencyKey: randomUUID(),
          },
        },
        token: ada.token,
      }),
    expected: { userError: 'INVALID_PRODUCT' },
  })),
  ...tokens.flatMap((token): Case[] => [
    {
      title: `a proof with the token ${token.slice(0, 10)}`,
      request: used('proveEmail', { token }),
      expected: refused,
    },
    {
      title: `an undo with the token ${token.slice(0, 10)}`,
      request: used('undoEmailChange', { token }),
      expected: refused,
    },
    {
      title: `a reset with the token ${token.slice(0, 10)}`,
      request: used('resetPassword', { token, newPassword: 'a new password of a thief' }),
      expected: refused,
    },
  ]),
  {
    title: 'a code without a token',
    request: used('proveEmail', { code: '00000000' }),
    expected: { code: 'UNAUTHENTICATED' },
  },
  {
    title: 'a code for a factor without a token',
    request: async ({ request }) => await request('mutation { requestIdentityCode { userErrors { code } } }'),
    expected: { code: 'UNAUTHENTICATED' },
  },
  {
    title: 'a first factor without a confirmation',
    request: used('enableTotp', { code: '000000' }, 'ada'),
    expected: { userError: 'CONFIRMATION_REQUIRED' },
  },
  {
    title: 'a reset of an unknown address',
    request: used('requestPasswordReset', { email: `${randomUUID()}@example.com` }),
    expected: { code: null },
  },
];

const inputs = {
  proveEmail: 'ProveEmailInput',
  undoEmailChange: 'UndoEmailChangeInput',
  resetPassword: 'ResetPasswordInput',
  requestPasswordReset: 'RequestPasswordResetInput',
  updateProfile: 'UpdateProfileInput',
  addPasskey: 'AddPasskeyInput',
  enableTotp: 'EnableTotpInput',
} as const;

/** @param as whose token the request has; undefined for none. */
function used(mutation: keyof typeof inputs, input: object, as?: 'ada') {
  return async ({ request, ada }: World) =>
    await request(
      `mutation ($input: ${inputs[mutation]}!) { ${mutation}(input: $input) { userErrors { code field } } }`,
      {
        variables: { input },
        ...(as === 'ada' && { token: ada.token }),
      },
    );
}
