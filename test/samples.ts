import { expect } from '@jest/globals';
import type { TestSystem } from './system.ts';

/** The metrics of a part of a running system, as Prometheus reads them. */
export async function metricsOf(system: TestSystem, part: keyof TestSystem['origins']): Promise<string> {
  const response = await fetch(`${system.management[part]}/metrics`);
  expect(response.status).toBe(200);
  return await response.text();
}

/** @returns the value of the sample with these labels, or null. */
export async function sampleOf(
  system: TestSystem,
  part: keyof TestSystem['origins'],
  name: string,
  labels: Record<string, string>,
): Promise<number | null> {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const lines = (await metricsOf(system, part)).split('\n').filter((line) => line.startsWith(`${name}{`));
  const line = lines.find((line) => wanted.every((label) => line.includes(label)));
  return line === undefined ? null : Number(line.split(' ').at(-1));
}
