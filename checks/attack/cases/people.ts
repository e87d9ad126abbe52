import { randomUUID } from 'node:crypto';
import type { Case, Expectation } from '../case.ts';
import type { Answer } from '../client.ts';
import { password, type World } from '../world.ts';

const document = (mutation: string, type: string) =>
  `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code field } } }`;

interface Person {
  readonly email?: string;
  readonly password?: string;
}

async function register({ ask }: World, person: Person): Promise<Answer> {
  const input = { email: `${randomUUID()}@example.com`, name: 'A', password, ...person };
  return await ask(document('register', 'RegisterInput'), { variables: { input } });
}

async function login({ ask }: World, person: Person): Promise<Answer> {
  const input = { email: `${randomUUID()}@example.com`, password, ...person };
  return await ask(document('login', 'LoginInput'), { variables: { input } });
}

/** NFKC sorts these, which takes the square of their number. */
const marks = `a${'\u0301'.repeat(23_000)}${'\u0316'.repeat(23_000)}`;
const longTexts: readonly [what: string, text: string][] = [
  ['combining marks', marks],
  ['a!', 'a!'.repeat(45_000)],
  ['space', ' '.repeat(90_000)],
];

/** Names of people, or domains, each in two spellings. */
const spellings: readonly [what: string, one: string, other: string][] = [
  ['case', 'ada@example.com', 'ADA@EXAMPLE.COM'],
  ['width', 'ada@example.com', 'ａｄａ@example.com'],
  ['a final sigma', 'νίκος@example.com', 'ΝΊΚΟΣ@example.com'],
  ['ß and SS', 'maße@example.com', 'MASSE@example.com'],
  ['punycode', 'ada@bücher.example', 'ada@xn--bcher-kva.example'],
  ['composition', 'émile@example.com', 'e\u0301mile@example.com'],
];

const noAddresses = [
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

/** Many wrong logins, whose clients go away before they are answered. */
async function abandonedLogins({ send }: World): Promise<void> {
  const body = JSON.stringify({
    query: document('login', 'LoginInput'),
    variables: { input: { email: 'nobody@example.com', password } },
  });
  const headers = { 'content-type': 'application/json' };
  const signal = AbortSignal.timeout(500);
  const asked = Array.from(
    { length: 100 },
    async () => await send('/graphql', { method: 'POST', headers, body, signal }),
  );
  await Promise.allSettled(asked);
}

export const peopleCases: readonly Case[] = [
  {
    what: 'a login after 100 wrong ones whose clients have gone',
    ask: async (world) => {
      await abandonedLogins(world);
      return await login(world, { email: world.ada.email });
    },
    expected: { status: 200, code: null, userError: null },
  },
  ...longTexts.flatMap(([what, text]): Case[] => [
    {
      what: `a login with 90 kB of ${what} for an email`,
      ask: (world) => login(world, { email: text }),
      expected: invalidEmail,
    },
    {
      what: `a login with 90 kB of ${what} for a password`,
      ask: (world) => login(world, { password: text }),
      expected: invalidCredentials,
    },
    { what: `90 kB of ${what} for an email`, ask: (world) => register(world, { email: text }), expected: invalidEmail },
    {
      what: `90 kB of ${what} for a password`,
      ask: (world) => register(world, { password: text }),
      expected: weakPassword,
    },
  ]),
  ...spellings.map(([what, one, other]): Case => ({
    what: `an email that differs in ${what} only`,
    ask: async (world) => {
      const tag = `${randomUUID()}.`;
      await register(world, { email: `${tag}${one}` });
      return await register(world, { email: `${tag}${other}` });
    },
    expected: { status: 200, code: null, userError: 'EMAIL_TAKEN' },
  })),
  ...noAddresses.map((email): Case => ({
    what: `the email ${email}`,
    ask: (world) => register(world, { email }),
    expected: invalidEmail,
  })),
  ...commonPasswords.map((common): Case => ({
    what: `the password ${common}`,
    ask: (world) => register(world, { password: common }),
    expected: weakPassword,
  })),
  {
    what: 'a password with the name of the email',
    ask: async (world) =>
      await register(world, { email: `lovelace@${randomUUID()}.example`, password: 'Lovelace 1815' }),
    expected: weakPassword,
  },
];
