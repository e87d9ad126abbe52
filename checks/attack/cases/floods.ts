import { randomUUID } from 'node:crypto';
import { mostProofTries } from '#user/services/challenges.ts';
import { mostIdentityTries } from '#user/services/identity-tries.ts';
import type { Case } from '../case.ts';
import type { Answer, Client } from '../client.ts';
import { password, register } from '../customers.ts';
import { type World } from '../world.ts';

/** Many requests for messages, and many guesses. Each refusal must be a typed one, and must tell nothing. */

const mutationOf = (field: string, type: string) =>
  `mutation ($input: ${type}!) { ${field}(input: $input) { userErrors { code field } } }`;

async function mutate({ request }: Client, [field, type]: readonly [string, string], input: object, token?: string) {
  return await request(mutationOf(field, type), { variables: { input }, token });
}

const requestReset = async (world: World, email: string) =>
  await mutate(world, ['requestPasswordReset', 'RequestPasswordResetInput'], { email });

/** @returns the first answer that has an error, or a user error other than these; otherwise the last one. */
function worstOf(answers: readonly Answer[], ...allowed: string[]): Answer {
  const isOdd = ({ status, codes, userErrors }: Answer) =>
    status !== 200 || codes.length > 0 || userErrors.some(({ code }) => !allowed.includes(code));
  return answers.find(isOdd) ?? answers.at(-1)!;
}

const inTurn = async (count: number, send: (turn: number) => Promise<Answer>): Promise<Answer[]> => {
  const answers: Answer[] = [];
  for (let turn = 0; turn < count; turn += 1) answers.push(await send(turn));
  return answers;
};

const wrongCode = (turn: number) => String(turn).padStart(8, '0');

/** What would be several addresses, or a header of a mail, if a server believed it. */
const addresses: readonly (readonly [what: string, email: string])[] = [
  ['a header in it', 'ada@example.com\r\nBcc: all@example.com'],
  ['a line break', 'ada@example.com\nall'],
  ['NUL', 'ada\0@example.com'],
  ['a second address', 'ada@example.com,eve@example.com'],
  ['a display name', '"Ada" <ada@example.com>'],
  ['HTML', '<img/src=x>@example.com'],
  ['a right-to-left override', 'ada\u202E@example.com'],
];

const mailMutations: readonly (readonly [title: string, send: (world: World, email: string) => Promise<Answer>])[] = [
  ['a reset for', requestReset],
  [
    'a registration with',
    async (world, email) => await mutate(world, ['register', 'RegisterInput'], { email, name: 'A', password }),
  ],
  [
    'a change to',
    async (world, email) => await mutate(world, ['updateProfile', 'UpdateProfileInput'], { email }, world.ada.token),
  ],
  [
    'over REST, a registration with',
    async ({ send }, email) =>
      await send('/api/v1/users', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
        body: JSON.stringify({ email, name: 'A', password }),
      }),
  ],
];

/** A text that no database can store is refused before anything else. */
const refusals: ReadonlySet<string> = new Set(['INVALID_EMAIL', 'BAD_USER_INPUT']);

export const floodCases: readonly Case[] = [
  ...mailMutations.flatMap(([title, send]) =>
    addresses.map(([what, email]): Case => ({
      title: `${title} an address with ${what}`,
      request: async (world) => await send(world, email),
      expected: {
        also: ({ codes, userErrors }) =>
          [...codes, ...userErrors.map(({ code }) => code)].some((code) => refusals.has(code))
            ? null
            : 'it was accepted',
      },
    })),
  ),
  {
    title: '40 resets of one address at once',
    request: async (world) =>
      worstOf(await Promise.all(Array.from({ length: 40 }, async () => await requestReset(world, world.olga.email)))),
    expected: { userError: null },
  },
  {
    title: '40 resets of as many addresses at once',
    request: async (world) => {
      const send = async () => await requestReset(world, `${randomUUID()}@example.com`);
      return worstOf(await Promise.all(Array.from({ length: 40 }, send)), 'TOO_MANY_ATTEMPTS');
    },
    expected: {
      also: async ({ text }, world) =>
        (await requestReset(world, world.ada.email)).text === text
          ? null
          : 'the answer for a registered address differs',
    },
  },
  {
    title: '20 requests for a proof',
    request: async (world) => {
      const { token } = await register(world, 'Mallory');
      const query = 'mutation { requestEmailProof { userErrors { code } } }';
      return worstOf(await inTurn(20, async () => await world.request(query, { token })), 'TOO_MANY_ATTEMPTS');
    },
    expected: { code: null },
  },
  {
    title: 'codes of a proof, guessed',
    request: async (world) => {
      const { token } = await register(world, 'Mallory');
      const guess = async (turn: number) =>
        await mutate(world, ['proveEmail', 'ProveEmailInput'], { code: wrongCode(turn) }, token);
      const answers = await inTurn(mostProofTries + 1, guess);
      const viewed = await world.request('{ viewer { emailProved } }', { token });
      const { emailProved } = viewed.data!['viewer'] as { emailProved: boolean };
      // Where addresses need no proof, there is no code to guess.
      return emailProved && answers.every(({ userErrors }) => userErrors[0]?.code === 'INVALID_CODE')
        ? { ...answers[0]!, userErrors: [{ code: 'TOO_MANY_ATTEMPTS', field: null }] }
        : answers.at(-1)!;
    },
    expected: { userError: 'TOO_MANY_ATTEMPTS' },
  },
  {
    title: 'the password of a session, guessed, and then entered',
    request: async (world) => {
      const { token } = await register(world, 'Mallory');
      const confirm = async (guess: string) =>
        await mutate(world, ['confirmIdentity', 'ConfirmIdentityInput'], { password: guess }, token);
      await Promise.all(Array.from({ length: mostIdentityTries }, async () => await confirm('not the password')));
      return await confirm(password);
    },
    expected: { userError: 'TOO_MANY_ATTEMPTS' },
  },
  {
    title: 'over REST, the password of a session, guessed, and then entered',
    request: async (world) => {
      const { token } = await register(world, 'Mallory');
      const confirm = async (guess: string) =>
        await world.send('/api/v1/users/me/confirmations', {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
          body: JSON.stringify({ password: guess }),
        });
      await Promise.all(Array.from({ length: mostIdentityTries }, async () => await confirm('not the password')));
      return await confirm(password);
    },
    expected: { code: 'TOO_MANY_ATTEMPTS' },
  },
  {
    title: 'a second step of a sign-in that did not begin',
    request: async (world) =>
      await mutate(world, ['completeLogin', 'CompleteLoginInput'], { challenge: 'x'.repeat(43), code: '000000' }),
    expected: { userError: 'INVALID_TOKEN' },
  },
];
