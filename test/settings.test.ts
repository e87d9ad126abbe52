import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import type { z } from 'zod';
import { settings as launcherSettings } from '#local/config.ts';
import { partConfigs } from '#local/parts.ts';
import { readSettings } from '#platform/settings.ts';
import { settings as verifySettings } from '#verify/config.ts';

const shapes: readonly z.ZodRawShape[] = [
  launcherSettings,
  verifySettings,
  ...Object.values(partConfigs).map(({ settings }) => settings),
];

describe('.env.example', () => {
  const text = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
  const example = parseEnv(text.replaceAll(/^# (?=[A-Z_]+=)/gm, ''));

  test('has every setting that a part reads, and no other', () => {
    const known = new Set(shapes.flatMap((shape) => Object.keys(shape)));

    expect(Object.keys(example).toSorted()).toEqual([...known].toSorted());
  });

  test('shows the defaults', () => {
    const shown = shapes.flatMap((shape) => Object.entries(shape)).filter(([name]) => (example[name] ?? '') !== '');
    const asShown = shown.map(([name, setting]) => [name, read(name, setting, { [name]: example[name] })]);

    expect(asShown).toEqual(shown.map(([name, setting]) => [name, read(name, setting, {})]));
  });
});

function read(name: string, setting: z.core.$ZodType, environment: NodeJS.ProcessEnv): unknown {
  return readSettings({ [name]: setting }, environment);
}
