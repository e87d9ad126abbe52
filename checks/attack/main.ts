import { parseArgs } from 'node:util';
import { runCommand } from '#local/command.ts';
import type { BrokerAddress } from '#jobs/broker.ts';
import { readConfig } from '#local/config.ts';
import { findOwnDatabases } from '#local/own-databases.ts';
import { managementOriginOf, originOf, type PartName, partNames } from '#local/parts.ts';
import { StartFault } from '#local/start-fault.ts';
import { routerRedis } from '#local/router-redis.ts';
import { errorText } from '#platform/telemetry/log.ts';
import { readConfig as readRouterConfig } from '#router/config.ts';
import { findDatabases } from '#verify/databases.ts';
import { findingText } from '#verify/finding.ts';
import { verify } from '#verify/verify.ts';
import { attack } from './attack.ts';
import { createWorld } from './world.ts';

const usage = `npm run attack -- [options]
  --url <origin>     the router of another system; default: all of the one that npm start runs
  --seconds <count>  how long to ask with random values; default: 60
  --seed <number>    of the random values, to have the same again
  --no-verify        leave the databases alone afterwards`;

/** `npm run attack`: every bad input against the running system, then its ledger verified; ends with 1 if any is wrong. */
await runCommand('attack', async (signal) => {
  // Nothing has to be put in order before it ends.
  signal.addEventListener('abort', () => process.exit(1));
  const { url, seconds, seed, 'no-verify': unverified } = readArguments();
  const config = readConfig(process.env);
  const origins = url === undefined ? originsBy((name) => originOf(config, name)) : { router: url };
  // Of another system the router's address is all that is known.
  const processes = url === undefined ? originsBy((name) => managementOriginOf(config, name)) : {};
  const queueServer = url === undefined ? ownQueueServer(process.env) : null;
  const world = await createWorld(origins, queueServer).catch((error: unknown) => {
    throw new StartFault(`The system at ${origins.router} cannot be attacked: ${errorText(error)}`);
  });
  const tell = (line: string) => process.stdout.write(`${line}\n`);
  const faults = await attack({ world, processes, seed, fuzzMs: seconds * 1_000, tell });
  const findings = unverified ? 0 : await verified(tell);
  tell(faults.length === 0 ? '\nEverything was answered as it should be.' : `\nWrong:\n${faults.join('\n')}`);
  if (faults.length + findings > 0) process.exitCode = 1;
});

function originsBy(originOfPart: (name: PartName) => string): Record<PartName, string> {
  return Object.fromEntries(partNames.map((name) => [name, originOfPart(name)])) as Record<PartName, string>;
}

/** The queue server of the system that `npm start` runs, as the router reaches it. */
function ownQueueServer(environment: NodeJS.ProcessEnv): BrokerAddress | null {
  const { redis } = readRouterConfig({ ...environment, ...routerRedis(environment) });
  const listener = findOwnDatabases(environment, 'attack').jobs?.listener;
  return redis ?? (listener === undefined ? null : { postgresUrl: listener });
}

async function verified(tell: (line: string) => void): Promise<number> {
  tell('\nThe ledger');
  const { findings } = await verify({
    urls: findDatabases(process.env),
    graceS: 60,
    outboxMaxAgeS: 900,
    tell: (finding) => tell(`  ${findingText(finding)}`),
  });
  tell(findings === 0 ? '  verified: nothing is wrong' : `  findings: ${findings}`);
  return findings;
}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        url: { type: 'string' },
        seconds: { type: 'string', default: '60' },
        seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
        'no-verify': { type: 'boolean', default: false },
      },
    });
    const [seconds, seed] = [Number(values.seconds), Number(values.seed)];
    if (
      !Number.isFinite(seconds) ||
      !Number.isSafeInteger(seed) ||
      (values.url !== undefined && URL.parse(values.url) === null)
    )
      throw new Error('?');
    return { ...values, seconds, seed };
  } catch {
    throw new StartFault(usage);
  }
}
