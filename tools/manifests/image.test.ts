import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import packageJson from '../../package.json' with { type: 'json' };
import { contentFaults } from './image-contents.ts';
import { imageFaults } from './image.ts';

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const dockerfile = read('Dockerfile');
const dockerignore = read('.dockerignore');
const { dependencies, devDependencies } = packageJson;
const nodeVersion = devDependencies.node;

/** The text with all occurrences of `from` replaced. */
function changed(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`There is no ${from}.`);
  return text.replaceAll(from, to);
}

describe('the Dockerfile', () => {
  test('breaks no rule, and copies every file that the processes need', () => {
    expect(imageFaults(dockerfile, nodeVersion)).toEqual([]);
    expect(contentFaults(dockerfile, dockerignore, dependencies)).toEqual([]);
  });

  const base = `node:${nodeVersion}-trixie-slim`;

  test.each([
    ['the Node version of package.json', base, 'node:26-trixie-slim', 'the base node:26-trixie-slim is not'],
    ['a slim base', base, `node:${nodeVersion}`, `the base node:${nodeVersion} is not`],
    ['an unprivileged user', 'USER 1000:1000\n', '', 'USER is not the number'],
    ['a user number, not a user name', 'USER 1000:1000', 'USER node', 'USER is not the number'],
    ['a health check', 'CMD ["bash", "k8s/processes/healthy.sh"]', 'NONE', 'there is no HEALTHCHECK'],
    ['a health check without Node', 'CMD ["bash", "k8s', 'CMD ["node", "k8s', 'there is no HEALTHCHECK'],
    ['an entry point without a shell', 'ENTRYPOINT ["node"]', 'ENTRYPOINT node', 'ENTRYPOINT is not exactly node'],
    ['a process to run', 'CMD ["router/server.ts"]', 'CMD ["router/serve.ts"]', 'CMD is not a known process'],
    ['NODE_ENV=production', 'NODE_ENV=production', 'NODE_ENV=development', 'NODE_ENV is not production'],
    ['no command in the last stage', 'USER 1000', 'RUN npm cache clean\nUSER 1000', 'the last stage runs commands'],
    ['no development dependencies', '--omit=dev ', '', 'the dependencies are not installed by'],
    ['only known instructions', 'USER 1000', 'USERS 1\nUSER 1000', 'Unknown instruction: USERS'],
  ])('has %s', (_, from, to, fault) => {
    expect(imageFaults(changed(dockerfile, from, to), nodeVersion)).toContainEqual(expect.stringContaining(fault));
  });

  test('is built in stages', () => {
    const last = dockerfile.slice(dockerfile.lastIndexOf('FROM'));

    expect(imageFaults(last, nodeVersion)).toContain('there is only one stage, so the image contains the build tools');
  });

  test.each([
    ['a folder that a process imports from', 'COPY router ./router\n', '', 'router/server.ts is needed but not copied'],
    ['a file that a process reads', ' schema.graphql', '', 'schema.graphql is needed but not copied'],
  ])('copies %s', (_, from, to, fault) => {
    expect(contentFaults(changed(dockerfile, from, to), dockerignore, dependencies)).toContain(fault);
  });

  test('copies nothing that .dockerignore excludes', () => {
    expect(contentFaults(dockerfile, changed(dockerignore, '!platform\n', ''), dependencies)).toEqual([
      'platform is copied, but .dockerignore excludes it',
    ]);
  });

  test('has every package that a process imports, directly or indirectly', () => {
    const { fastify: _, ...others } = dependencies;

    expect(contentFaults(dockerfile, dockerignore, others)).toEqual([
      'fastify is needed but not among the dependencies',
    ]);
  });
});
