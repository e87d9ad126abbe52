import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from '@jest/globals';
import { registerCustomer } from './customer.ts';
import { sharedSystem } from './shared-system.ts';
import { until } from './until.ts';

/** Runs the sessions of README.md in a shell, and compares their answers with those in README.md. */

interface Block {
  readonly language: string;
  readonly text: string;
}

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const section = sectionOf('A first session');
const blocks = blocksOf(section);

function sectionOf(title: string): string {
  return new RegExp(`^## ${title}$[^]*?(?=^## )`, 'm').exec(readme)?.[0] ?? '';
}

function blocksOf(text: string): Block[] {
  return [...text.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].map(([, language, text]) => ({
    language: language!,
    text: text!,
  }));
}

let origin: string;
beforeAll(async () => {
  ({
    origins: { router: origin },
  } = await sharedSystem());
});

/** Values that differ between runs. */
const masks: readonly [what: string, pattern: RegExp][] = [
  ['token', /"eyJ[\w.-]+(…|(?="))/g],
  ['id', /"[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}(?=")/g],
  ['number', /"\d{12}(?=")/g],
];

function masked(text: string): unknown[] {
  const plain = masks.reduce((text, [what, pattern]) => text.replaceAll(pattern, `"(${what})`), text);
  // One block can have several answers, a line each.
  const isOne = plain.startsWith('{\n');
  const answers = isOne ? [plain] : plain.split('\n').filter((line) => line !== '');
  return answers.map((answer) => JSON.parse(answer) as unknown);
}

async function shell(lines: readonly string[]): Promise<string> {
  return (await promisify(execFile)('bash', ['-ec', lines.join('\n')])).stdout;
}

test('the first session of README.md answers as README.md shows', async () => {
  const functions = [...section.matchAll(/^ask\(\) .*$/gm)].map(([line]) =>
    line.replaceAll('http://127.0.0.1:4000', origin),
  );
  const variables: Record<string, string> = {};
  const email = `ada.${Date.now().toString(36)}@example.com`;
  let shown = 0;
  for (const [index, { language, text }] of blocks.entries()) {
    if (language !== 'sh') continue;
    const answers = blocks[index + 1];
    expect(answers?.language).toBe('json');
    const assigned = /^(TOKEN|ACCOUNT)=.*$/gm;
    const command = text
      .replace(/^ask\(\) .*$/m, '')
      .replaceAll(assigned, (_line, name: string) => `${name}=${variables[name]}`)
      .replaceAll('http://127.0.0.1:4000', origin)
      .replaceAll('ada@example.com', email);
    const settings = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
    // The order is paid a moment after it is placed, and the message is there another moment later.
    const isUnderWay = (printed: string) => /"status":"PENDING"|"notifications":\[\]/.test(printed);
    const printed = await until(text, async () => {
      const printed = await shell([...functions, ...settings, command]);
      return answers!.text.includes('PAID') && isUnderWay(printed) ? null : printed;
    });
    expect(masked(printed)).toEqual(masked(answers!.text));
    variables['TOKEN'] ??= /"accessToken":"([^"]+)"/.exec(printed)?.[1] ?? '';
    if (text.includes('accounts')) variables['ACCOUNT'] = /"id":"([^"]+)"/.exec(printed)![1]!;
    shown += 1;
  }
  expect(shown).toBe(4);
});

test('REST answers as README.md shows', async () => {
  const ada = await registerCustomer(`${origin}/graphql`);
  const { id } = await ada.account('USD');
  const [deposits, depositsShown, orders, ordersShown] = blocksOf(sectionOf('REST'));
  const commands = [deposits, orders].map((block) =>
    // The tests' system may have many orders to settle.
    block!.text.replaceAll('http://127.0.0.1:4000', origin).replaceAll('wait=10', 'wait=20'),
  );
  const printed = await shell([`TOKEN=${ada.token}`, `ACCOUNT=${id}`, ...commands]);

  expect(withoutValues(printed)).toBe(withoutValues(`${depositsShown!.text}${ordersShown!.text}`));
});

function withoutValues(text: string): string {
  return text
    .replaceAll(/"[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}"/g, '"(id)"')
    .replaceAll(/"\d{12}"/g, '"(number)"')
    .replaceAll(/"[0-9A-HJKMNP-TV-Z]{26}"/g, '"(receipt)"')
    .replaceAll(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, '"(time)"');
}

test('a subscription shows what README.md shows', async () => {
  const ada = await registerCustomer(`${origin}/graphql`);
  const [commands, shown] = blocksOf(sectionOf('Live updates'));
  const [request] = /^ask\(\) .*$/m.exec(section)!;
  // The shell waits for a line before it orders: an order that is paid before the stream is open has no event.
  const following = commands!.text.replace('&\n', '&\nread -r\n');
  const script = [`TOKEN=${ada.token}`, request, following].join('\n').replaceAll('http://127.0.0.1:4000', origin);
  // A process group, so that the stream ends with the shell.
  const child = spawn('bash', ['-ec', `${script}\nwait`], { detached: true, stdio: ['pipe', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const exited = once(child, 'exit');
  try {
    await until('the stream', () => printed.includes('id: '));
    child.stdin.end('\n');
    await until('the event and the answer', () => printed.includes('ORDER_PAID') && printed.includes('PENDING'));
  } finally {
    process.kill(-child.pid!, 'SIGTERM');
    await exited;
  }
  expect(eventsIn(printed)).toEqual(eventsIn(shown!.text));
});

/** The lines in alphabetical order, since the answer to the order and the events come on two connections. */
function eventsIn(output: string): string[] {
  const plain = output
    .replaceAll(/^id: .*$/gm, 'id: (event)')
    .replaceAll(/"lastEventId":"[^"]+"/g, '"lastEventId":"(event)"')
    .replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, '(id)');
  return [...new Set(plain.split('\n').filter((line) => line !== ''))].toSorted();
}
