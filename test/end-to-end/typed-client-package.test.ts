import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createApiClient } from '#test/api-client.ts';
import { registerCustomer } from '#test/customer.ts';
import { sharedSystem } from '#test/shared-system.ts';

/** The package of the typed client as others install it: its files, its types, and the programs of its README. */

const source = fileURLToPath(new URL('../../clients/typescript/', import.meta.url));
const modules = fileURLToPath(new URL('../../node_modules/', import.meta.url));
const tsc = join(modules, '.bin/tsc');
const run = promisify(execFile);
const readme = readFileSync(join(source, 'README.md'), 'utf8');
const programs = [...readme.matchAll(/^```ts\n([^]*?)^```$\n\n^```text\n([^]*?)^```$/gm)].map(
  ([, program, output]) => ({
    program: program!,
    output: output!,
  }),
);

interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, string | Record<string, string>>>;
}

/** A project that has installed the package. */
let project: string;
let installed: string;
let manifest: Manifest;
beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), 'typed-client-'));
  manifest = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as Manifest;
  installed = join(project, 'node_modules', manifest.name);
  mkdirSync(installed, { recursive: true });
  await run(tsc, ['-p', source, '--outDir', join(installed, 'dist')]);
  for (const file of ['package.json', 'README.md', 'LICENSE']) cpSync(join(source, file), join(installed, file));
  mkdirSync(join(project, 'node_modules', '@types'), { recursive: true });
  symlinkSync(join(modules, '@types', 'node'), join(project, 'node_modules', '@types', 'node'));
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

test('has its code, its types, its README and its licence, and no sources', async () => {
  const options = ['pack', '--dry-run', '--json', '--ignore-scripts', '--offline'];
  const { stdout } = await run('npm', options, { cwd: installed });
  const packed = JSON.parse(stdout) as Record<string, { files: { path: string }[] }> | { files: { path: string }[] }[];
  const files = Object.values(packed)[0]!.files.map(({ path }) => path);

  expect(files).toEqual(
    expect.arrayContaining(['LICENSE', 'README.md', 'package.json', 'dist/index.js', 'dist/index.d.ts']),
  );
  expect(
    files.filter((file) => !/^(?:LICENSE|README\.md|package\.json|dist\/[\w.-]+\.(?:js|d\.ts))$/.test(file)),
  ).toEqual([]);
  expect(manifest).not.toHaveProperty('private');
  const targets = Object.values(manifest.exports).flatMap((target) =>
    typeof target === 'string' ? target : Object.values(target),
  );
  const paths = targets.map((target) => target.slice('./'.length));
  expect(paths.filter((path) => !files.includes(path))).toEqual([]);
  const imported = files
    .filter((file) => file.endsWith('.js'))
    .flatMap((file) => [...readFileSync(join(installed, file), 'utf8').matchAll(/from '([^']+)'/g)])
    .map(([, name]) => name!);
  expect(imported.filter((name) => !/^\.\/[\w.-]+\.js$/.test(name))).toEqual([]);
});

test('the programs of its README compile, and print what the README shows', async () => {
  const {
    origins: { router: origin },
  } = await sharedSystem();
  const customer = await registerCustomer(`${origin}/graphql`);
  await customer.deposit('5.00');
  const { id, secret } = await createApiClient(origin, customer, ['transactions:read', 'webhooks:write']);
  const files = programs.map(({ program }, index) => {
    const file = join(project, `program-${index}.ts`);
    const email = `ada.${randomUUID()}@example.com`;
    writeFileSync(file, program.replaceAll('http://127.0.0.1:4000', origin).replaceAll('ada@example.com', email));
    return file;
  });
  const settings = {
    target: 'esnext',
    module: 'nodenext',
    types: ['node'],
    strict: true,
    noEmit: true,
    lib: ['esnext', 'dom'],
  };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: settings, include: ['*.ts'] }));
  const compiled = await run(tsc, ['-p', project]).catch((error: { stdout: string }) => error);
  expect(compiled.stdout).toBe('');

  const environment = { ...process.env, NODE_OPTIONS: '', CLIENT_ID: id, CLIENT_SECRET: secret };
  const printed = await Promise.all(
    files.map(async (file) => (await run(process.execPath, [file], { env: environment, timeout: 120_000 })).stdout),
  );
  expect(printed).toEqual(programs.map(({ output }) => output));
  expect(programs).toHaveLength(5);
});
