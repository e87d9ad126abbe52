import { validate } from 'dockerfile-utils';
import { contentsOf, type Stage, stagesOf } from './dockerfile.ts';
import { processes } from './processes.ts';

/** What a linter says of the Dockerfile, and where it breaks our own rules, a sentence each. */
export function imageFaults(dockerfile: string, nodeVersion: string): string[] {
  const stages = stagesOf(dockerfile);
  return [
    ...validate(dockerfile).map(({ message, range }) => `line ${range.start.line + 1}: ${textOf(message)}`),
    ...stages.flatMap((stage) => baseFaults(stage, nodeVersion)),
    ...(stages.length > 1 ? [] : ['there is one stage, so that the image keeps all that building needs']),
    ...lastStageFaults(stages.at(-1)!),
    ...installFaults(stages),
  ];
}

function textOf(message: string | { readonly value: string }): string {
  return typeof message === 'string' ? message : message.value;
}

/** The Node that package.json has, and only what it needs to run. */
function baseFaults({ base }: Stage, nodeVersion: string): string[] {
  const [name, tag = ''] = base.split('@')[0]!.split(':');
  const expected = name === 'node' && tag.startsWith(`${nodeVersion}-`) && tag.endsWith('-slim');
  return expected ? [] : [`the base ${base} is not node:${nodeVersion}-…-slim, whose Node is that of package.json`];
}

function lastStageFaults(stage: Stage): string[] {
  const last = (keyword: string) => contentsOf(stage, keyword).at(-1) ?? '';
  const [command] = argumentsIn(last('CMD'));
  return [
    /^[1-9]\d*:[1-9]\d*$/.test(last('USER')) ? null : 'USER is no number of somebody who is not root',
    /CMD \["node", /.test(last('HEALTHCHECK')) ? null : 'there is no HEALTHCHECK that Node carries out',
    argumentsIn(last('ENTRYPOINT')).join() === 'node' ? null : 'ENTRYPOINT is not node alone',
    command !== undefined && command in processes ? null : 'CMD is none of the processes',
    contentsOf(stage, 'ENV').some((content) => content.includes('NODE_ENV=production'))
      ? null
      : 'NODE_ENV is not production',
    contentsOf(stage, 'RUN').length === 0 ? null : 'the last stage runs commands: what they leave is in the image',
  ].filter((fault) => fault !== null);
}

/** The form that runs without a shell, which would not pass signals on. */
function argumentsIn(content: string): readonly string[] {
  return content.startsWith('[') ? (JSON.parse(content) as string[]) : [];
}

/** The last stage has the dependencies that the product needs, and nobody else's. */
function installFaults(stages: readonly Stage[]): string[] {
  const copied = stages.at(-1)!.instructions.find(({ content }) => /\/node_modules /.test(content));
  const source = stages.find(({ name }) => name !== null && name === copied?.from);
  const installs = source === undefined ? [] : contentsOf(source, 'RUN');
  return installs.some((run) => /^npm ci .*--omit=dev --omit=optional/.test(run))
    ? []
    : ['the dependencies are not installed by `npm ci --omit=dev --omit=optional`'];
}
