import { contentsOf, stagesOf } from './dockerfile.ts';
import { needsOf } from './imports.ts';
import { processes } from './processes.ts';

const healthCheck = 'k8s/processes/healthy.sh';

/**
 * Finds the files and packages that the processes need and the image lacks. Returns a sentence for each.
 *
 * @param dependencies the `dependencies` of package.json, which the image installs.
 */
export function contentFaults(dockerfile: string, dockerignore: string, dependencies: object): string[] {
  const { files, packages } = needsOf(Object.keys(processes));
  const copied = copiedBy(dockerfile);
  const allowed = new Set(dockerignore.split('\n').flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : [])));
  const isIn = (roots: Iterable<string>, file: string) =>
    [...roots].some((root) => file === root || file.startsWith(`${root}/`));
  return [
    ...[...files, healthCheck].filter((file) => !isIn(copied, file)).map((file) => `${file} is needed but not copied`),
    ...[...copied]
      .filter((root) => !isIn(allowed, root))
      .map((root) => `${root} is copied, but .dockerignore excludes it`),
    ...[...packages]
      .filter((name) => !(name in dependencies))
      .map((name) => `${name} is needed but not among the dependencies`),
  ];
}

/** The files and folders that the stage `sources` copies, from the project or from another stage. */
function copiedBy(dockerfile: string): Set<string> {
  const stage = stagesOf(dockerfile).find(({ name }) => name === 'sources');
  const copies = stage === undefined ? [] : contentsOf(stage, 'COPY');
  return new Set(
    copies.flatMap((content) => {
      const sources = content.split(/\s+/).slice(0, -1);
      return sources.filter((source) => !source.startsWith('--')).map((source) => source.replace(/^\/app\//, ''));
    }),
  );
}
