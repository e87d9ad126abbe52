import { validate } from 'dockerfile-utils';
import { contentsOf, type Stage, stagesOf } from './dockerfile.ts';
import { processes } from './processes.ts';

/** Checks the Dockerfile with a linter and against our rules. Returns a sentence for each fault. */
export function imageFaults(dockerfile: string, nodeVersion: string): string[] {
  const stages = stagesOf(dockerfile);
  return [
    ...validate(dockerfile).map(({ message, range }) => `line ${range.start.line + 1}: ${textOf(message)}`),
    ...stages.flatMap((stage) => baseFaults(stage, nodeVersion)),
    ...(stages.length > 1 ? [] : ['there is only one stage, so the image contains the build tools']),
    ...lastStageFaults(stages.at(-1)!),
    ...installFaults(stages),
  ];
}

function textOf(message: string | { readonly value: string }): string {
  return typeof message === 'string' ? message : message.value;
}

/** The base has the Node version of package.json, and is the slim variant. */
function baseFaults({ base }: Stage, nodeVersion: string): string[] {
  const [name, tag = ''] = base.split('@')[0]!.split(':');
  const expected = name === 'node' && tag.startsWith(`${nodeVersion}-`) && tag.endsWith('-slim');
  return expected ? [] : [`the base ${base} is not node:${nodeVersion}-…-slim, the Node version of package.json`];
}

function lastStageFaults(stage: Stage): string[] {
  const last = (keyword: string) => contentsOf(stage, keyword).at(-1) ?? '';
  const [command] = argumentsIn(last('CMD'));
  return [
    /^[1-9]\d*:[1-9]\d*$/.test(last('USER')) ? null : 'USER is not the number of an unprivileged user',
    /CMD \["bash", "k8s\/processes\/healthy.sh"\]$/.test(last('HEALTHCHECK'))
      ? null
      : 'there is no HEALTHCHECK by healthy.sh',
    argumentsIn(last('ENTRYPOINT')).join() === 'node' ? null : 'ENTRYPOINT is not exactly node',
    command !== undefined && command in processes ? null : 'CMD is not a known process',
    contentsOf(stage, 'ENV').some((content) => content.includes('NODE_ENV=production'))
      ? null
      : 'NODE_ENV is not production',
    contentsOf(stage, 'RUN').length === 0 ? null : 'the last stage runs commands, whose files stay in the image',
  ].filter((fault) => fault !== null);
}

/** The arguments in the form that runs without a shell: a shell would not forward signals. */
function argumentsIn(content: string): readonly string[] {
  return content.startsWith('[') ? (JSON.parse(content) as string[]) : [];
}

/** The last stage has the product's dependencies and no development dependencies. */
function installFaults(stages: readonly Stage[]): string[] {
  const copied = stages.at(-1)!.instructions.find(({ content }) => /\/node_modules /.test(content));
  const source = stages.find(({ name }) => name !== null && name === copied?.from);
  const installs = source === undefined ? [] : contentsOf(source, 'RUN');
  return installs.some((run) => /^npm ci .*--omit=dev --omit=optional/.test(run))
    ? []
    : ['the dependencies are not installed by `npm ci --omit=dev --omit=optional`'];
}
