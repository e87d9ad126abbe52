import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Manifest, nameOf } from './manifest.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Checks the manifests against the types of Kubernetes, from kubernetes-models. Returns a sentence for each fault. The
 * validators check formats but accept unknown fields. The compiler refuses unknown fields but does not check formats.
 */
export async function typeFaults(manifests: readonly Manifest[]): Promise<string[]> {
  const [validated, compiled] = await Promise.all([validate(manifests), compile(manifests)]);
  return [...validated, ...compiled];
}

async function validate(manifests: readonly Manifest[]): Promise<string[]> {
  const faults = await Promise.all(manifests.map(validationFault));
  return faults.filter((fault) => fault !== null);
}

async function validationFault(manifest: Manifest): Promise<string | null> {
  const { apiVersion, kind } = manifest;
  try {
    const models = (await import(`kubernetes-models/${apiVersion}/${kind}`)) as Record<string, Model>;
    new models[kind]!(manifest).validate();
    return null;
  } catch (error) {
    return `${nameOf(manifest)}: ${(error as Error).message}`;
  }
}

type Model = new (data: unknown) => { validate(): void };

/** Compiles each manifest as a literal of its type, and returns the compiler's errors. */
async function compile(manifests: readonly Manifest[]): Promise<string[]> {
  const cache = join(project, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  // The compiler finds the types only from a folder below node_modules.
  const folder = mkdtempSync(join(cache, 'manifests-'));
  try {
    const files = manifests.map((manifest, index) => {
      const file = `manifest-${index}.mts`;
      writeFileSync(join(folder, file), asLiteral(manifest));
      return file;
    });
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--ignoreConfig'];
    const output = await compilerOutput([...options, '--pretty', 'false', ...files], folder);
    return output
      .split('\n')
      .filter((line) => /^\S/.test(line))
      .map((line) => line.replace(/^manifest-(\d+)\.mts\S*/, (_, index: string) => nameOf(manifests[Number(index)]!)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function asLiteral(manifest: Manifest): string {
  const { apiVersion, kind } = manifest;
  return `import type { I${kind} } from 'kubernetes-models/${apiVersion}/${kind}';
export const manifest = ${JSON.stringify(manifest, null, 2)} satisfies I${kind};
`;
}

async function compilerOutput(args: readonly string[], cwd: string): Promise<string> {
  const compiler = join(project, 'node_modules', 'typescript', 'bin', 'tsc');
  try {
    return (await promisify(execFile)(process.execPath, [compiler, ...args], { cwd })).stdout;
  } catch (error) {
    const { stdout } = error as { readonly stdout?: string };
    if (stdout === undefined || stdout === '') throw error;
    return stdout;
  }
}
