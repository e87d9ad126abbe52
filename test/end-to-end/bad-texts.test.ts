import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { registerCustomer } from '#test/customer.ts';
import { graphql } from '#test/graphql.ts';
import {
  documentOf,
  expectRejected,
  expectUnchanged,
  inlined,
  type InputSender,
  registerSender,
} from './input-sender.ts';

/** Bad texts through the router: each gets its code and its field, and changes nothing. */

let sender: InputSender;

beforeAll(async () => {
  sender = await registerSender();
});

describe('text', () => {
  const nul = 'a\0b';
  const half = 'a\ud800b';

  test.each([
    ['NUL', nul],
    ['half of a surrogate pair', half],
    ['the other half of a surrogate pair', 'a\udc00b'],
  ])('with %s in a variable is BAD_USER_INPUT, wherever it stands', async (_what, text) => {
    await expectUnchanged(sender, async () => {
      for (const field of ['productId', 'idempotencyKey']) {
        await expectRejected(sender, documentOf('placeOrder'), {
          input: { ...sender.goodInput('placeOrder'), [field]: text },
        });
      }
      await expectRejected(sender, documentOf('transfer'), {
        input: { ...sender.goodInput('transfer'), description: text },
      });
      await expectRejected(sender, 'query ($id: ID!) { order(id: $id) { id } }', { id: text });
      await expectRejected(sender, 'query ($id: ID!) { account(id: $id) { id } }', { id: text });
      const register = 'mutation ($input: RegisterInput!) { register(input: $input) { user { id } } }';
      const person = { email: `${randomUUID()}@example.com`, name: 'Ada', password: 'correct horse battery staple' };
      for (const field of ['email', 'name', 'password']) {
        await expectRejected(sender, register, { input: { ...person, [field]: text } });
      }
    });
  });

  test('with NUL in a literal is BAD_USER_INPUT', async () => {
    await expectRejected(sender, `{ order(id: "a\\u0000b") { id } }`, {});
    await expectRejected(sender, inlined('placeOrder', { ...sender.goodInput('placeOrder'), productId: nul }), {});
  });

  test('with half of a surrogate pair in a literal makes the query invalid', async () => {
    await expectRejected(sender, `{ order(id: "a\\uD800b") { id } }`, {}, 'GRAPHQL_PARSE_FAILED');
    await expectRejected(sender, `{ order(id: "${half}") { id } }`, {}, 'GRAPHQL_PARSE_FAILED');
  });

  const hostileTexts = [
    `Robert'); drop table users; --`,
    `<script>alert("x")</script>`,
    `<img src=x onerror=alert(1)>&amp;`,
    `{{7*7}} \${7*7} %00 %s \\ \\u0000 "`,
    `🏴‍☠️ 名前 e\u0301`,
  ];
  test.each(hostileTexts)(
    'with a special meaning in other languages is stored and returned unchanged: %s',
    async (text) => {
      const bob = await registerCustomer(sender.url, 'Bob');
      const { updateProfile } = await bob.request<{ updateProfile: object }>(
        'mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { user { name } userErrors { code } } }',
        { input: { name: text } },
      );
      expect(updateProfile).toEqual({ user: { name: text }, userErrors: [] });
      const [dollars, euros] = [await bob.account('USD'), await bob.account('EUR')];
      await bob.request(documentOf('transfer'), {
        input: {
          fromAccountId: dollars.id,
          toAccountId: euros.id,
          amount: { amount: '1.00', currency: 'USD' },
          description: text,
          idempotencyKey: text,
        },
      });
      await bob.placeOrder({ unitPrice: '1.00', productId: text });
      const { viewer } = await bob.request<{ viewer: object }>(
        `query ($product: ID!) { viewer {
        name
        transactions(filter: { kinds: [TRANSFER] }) { nodes { description } }
        orders(filter: { productIds: [$product] }) { nodes { productId } }
      } }`,
        { product: text },
      );
      expect(viewer).toEqual({
        name: text,
        transactions: { nodes: [{ description: text }] },
        orders: { nodes: [{ productId: text }] },
      });
    },
  );

  const registration =
    'mutation ($input: RegisterInput!) { register(input: $input) { user { id } userErrors { code field } } }';
  const newPerson = () => ({
    email: `${randomUUID()}@example.com`,
    name: 'Ada',
    password: 'correct horse battery staple',
  });

  test('a name of 1 MB is PAYLOAD_TOO_LARGE, one of 90 kB is INVALID_NAME', async () => {
    const register = async (name: string) =>
      await graphql(sender.url, { query: registration, variables: { input: { ...newPerson(), name } } });
    expect(await register('x'.repeat(1_000_000))).toMatchObject({
      status: 413,
      errors: [{ extensions: { code: 'PAYLOAD_TOO_LARGE' } }],
    });
    expect(await register('x'.repeat(90_000))).toMatchObject({
      status: 200,
      data: { register: { user: null, userErrors: [{ code: 'INVALID_NAME', field: ['input', 'name'] }] } },
    });
  });

  test.each<[what: string, spell: (email: string) => string]>([
    ['case', (email) => email.toUpperCase()],
    ['space around it', (email) => ` ${email} `],
    ['width', (email) => email.replace('wide', 'ｗｉｄｅ')],
    ['composition', (email) => email.normalize('NFD')],
    ['ligatures', (email) => email.replace('fi', 'ﬁ')],
  ])('an email that differs in %s only is EMAIL_TAKEN', async (_what, spell) => {
    const email = `wide.é.fi.${randomUUID()}@example.com`;
    const register = async (email: string) =>
      await graphql<{ register: object }>(sender.url, {
        query: registration,
        variables: { input: { ...newPerson(), email } },
      });
    expect(await register(email)).toMatchObject({ data: { register: { userErrors: [] } } });
    expect(spell(email)).not.toBe(email);
    expect(await register(spell(email))).toMatchObject({
      data: { register: { user: null, userErrors: [{ code: 'EMAIL_TAKEN', field: ['input', 'email'] }] } },
    });
  });
});
