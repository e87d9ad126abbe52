import { contentsOf, stagesOf } from './dockerfile.ts';
import { needsOf } from './imports.ts';
import { processes } from './processes.ts';

/** What is run beside the processes: the health check, and the verification when somebody asks for it. */
const commands = ['k8s/processes/healthy.ts', 'checks/verify/main.ts'];

/**
 * Of what the processes import and read, what the image does not have, a sentence each.
 *
 * @param dependencies of package.json: those that are installed in the image.
 */
export function contentFaults(dockerfile: string, dockerignore: string, dependencies: object): string[] {
  const { files, packages } = needsOf([...Object.keys(processes), ...commands]);
  const copied = copiedBy(dockerfile);
  const allowed = new Set(dockerignore.split('\n').flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : [])));
  const isIn = (roots: Iterable<string>, file: string) =>
    [...roots].some((root) => file === root || file.startsWith(`${root}/`));
  return [
    ...[...files].filter((file) => !isIn(copied, file)).map((file) => `${file} is needed, and not copied`),
    ...[...copied]
      .filter((root) => !isIn(allowed, root))
      .map((root) => `${root} is copied, and kept away by .dockerignore`),
    ...[...packages]
      .filter((name) => !(name in dependencies))
      .map((name) => `${name} is needed, and not among the dependencies`),
  ];
}

/** What the stage `sources` takes, from the project or from another stage. */
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
