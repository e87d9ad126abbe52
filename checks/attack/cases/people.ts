import { randomUUID } from 'node:crypto';
import type { Case, Expectation } from '../case.ts';
import type { Answer } from '../client.ts';
import { password } from '../customers.ts';
import { type World } from '../world.ts';

const document = (mutation: string, type: string) =>
  `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code field } } }`;

interface Person {
  readonly email?: string;
  readonly password?: string;
}

async function register({ request }: World, person: Person): Promise<Answer> {
  const input = { email: `${randomUUID()}@example.com`, name: 'A', password, ...person };
  return await request(document('register', 'RegisterInput'), { variables: { input } });
}

async function login({ request }: World, person: Person): Promise<Answer> {
  const input = { email: `${randomUUID()}@example.com`, password, ...person };
  return await request(document('login', 'LoginInput'), { variables: { input } });
}

/** NFKC normalization sorts these combining marks in a time that is quadratic in their number. */
const combiningMarks = `a${'\u0301'.repeat(23_000)}${'\u0316'.repeat(23_000)}`;
const longTexts: readonly [title: string, text: string][] = [
  ['combining marks', combiningMarks],
  ['a!', 'a!'.repeat(45_000)],
  ['space', ' '.repeat(90_000)],
];

/** Pairs of spellings of one email address. */
const spellings: readonly [title: string, one: string, other: string][] = [
  ['case', 'ada@example.com', 'ADA@EXAMPLE.COM'],
  ['width', 'ada@example.com', 'ａｄａ@example.com'],
  ['a final sigma', 'νίκος@example.com', 'ΝΊΚΟΣ@example.com'],
  ['ß and SS', 'maße@example.com', 'MASSE@example.com'],
  ['punycode', 'ada@bücher.example', 'ada@xn--bcher-kva.example'],
  ['composition', 'émile@example.com', 'e\u0301mile@example.com'],
];

const invalidEmails = [
  'a@b',
  'ada@localhost',
  'ada@127.0.0.1',
  'ada@exa_mple.com',
  'ada..l@example.com',
  'ada\u3164@x.io',
];
const commonPasswords = ['password', 'PASSWORD1', 'ｐａｓｓｗｏｒｄ', '12345678', 'iloveyou', '00000000'];

const invalidEmail: Expectation = { status: 200, code: null, userError: 'INVALID_EMAIL' };
const weakPassword: Expectation = { status: 200, code: null, userError: 'WEAK_PASSWORD' };
const invalidCredentials: Expectation = { status: 200, code: null, userError: 'INVALID_CREDENTIALS' };

/** Many wrong logins whose clients disconnect before the answer. */
async function abandonedLogins({ send }: World): Promise<void> {
  const body = JSON.stringify({
    query: document('login', 'LoginInput'),
    variables: { input: { email: 'unknown@example.com', password } },
  });
  const headers = { 'content-type': 'application/json' };
  const signal = AbortSignal.timeout(500);
  const requests = Array.from(
    { length: 100 },
    async () => await send('/graphql', { method: 'POST', headers, body, signal }),
  );
  await Promise.allSettled(requests);
}

export const peopleCases: readonly Case[] = [
  {
    title: 'a login after 100 wrong ones whose clients disconnected',
    request: async (world) => {
      await abandonedLogins(world);
      return await login(world, { email: world.ada.email });
    },
    expected: { status: 200, code: null, userError: null },
  },
  ...longTexts.flatMap(([title, text]): Case[] => [
    {
      title: `a login with 90 kB of ${title} as the email`,
      request: (world) => login(world, { email: text }),
      expected: invalidEmail,
    },
    {
      title: `a login with 90 kB of ${title} as the password`,
      request: (world) => login(world, { password: text }),
      expected: invalidCredentials,
    },
    {
      title: `a registration with 90 kB of ${title} as the email`,
      request: (world) => register(world, { email: text }),
      expected: invalidEmail,
    },
    {
      title: `a registration with 90 kB of ${title} as the password`,
      request: (world) => register(world, { password: text }),
      expected: weakPassword,
    },
  ]),
  ...spellings.map(([title, one, other]): Case => ({
    title: `a registered email that differs in ${title} only`,
    request: async (world) => {
      const tag = `${randomUUID()}.`;
      await register(world, { email: `${tag}${one}` });
      return await register(world, { email: `${tag}${other}` });
    },
    expected: { status: 200, code: null, userError: 'EMAIL_TAKEN' },
  })),
  ...invalidEmails.map((email): Case => ({
    title: `the email ${email}`,
    request: (world) => register(world, { email }),
    expected: invalidEmail,
  })),
  ...commonPasswords.map((common): Case => ({
    title: `the password ${common}`,
    request: (world) => register(world, { password: common }),
    expected: weakPassword,
  })),
  {
    title: 'a password that contains the email’s local part',
    request: async (world) =>
      await register(world, { email: `lovelace@${randomUUID()}.example`, password: 'Lovelace 1815' }),
    expected: weakPassword,
  },
];
