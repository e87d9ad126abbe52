import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from '@jest/globals';
import { sharedSystem } from './system.ts';
import { until } from './until.ts';

/** The first session of README.md, run in a shell as it stands: its answers are those that README.md shows. */

interface Block {
  readonly language: string;
  readonly text: string;
}

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const [section = ''] = /^## A first session$[^]*?(?=^## )/m.exec(readme) ?? [];
const blocks: Block[] = [...section.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].map(([, language, text]) => ({
  language: language!,
  text: text!,
}));

let origin: string;
beforeAll(async () => {
  ({
    origins: { router: origin },
  } = await sharedSystem());
}, 60_000);

/** What changes from run to run. */
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
    // The order is paid a moment after it is placed.
    const printed = await until(text, async () => {
      const printed = await shell([...functions, ...settings, command]);
      return printed.includes('"status":"PENDING"') && answers!.text.includes('PAID') ? null : printed;
    });
    expect(masked(printed)).toEqual(masked(answers!.text));
    variables['TOKEN'] ??= /"accessToken":"([^"]+)"/.exec(printed)?.[1] ?? '';
    if (text.includes('accounts')) variables['ACCOUNT'] = /"id":"([^"]+)"/.exec(printed)![1]!;
    shown += 1;
  }
  expect(shown).toBe(4);
});
