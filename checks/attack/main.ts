import { parseArgs } from 'node:util';
import { runCommand } from '#local/command.ts';
import type { BrokerAddress } from '#jobs/queue-server.ts';
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
  --url <origin>     the router of another system; default: every process of the system that npm start runs
  --seconds <count>  how long to send random requests; default: 60
  --seed <number>    the seed of the random values, to repeat a run
  --no-verify        do not verify the databases afterwards`;

/** `npm run attack`: sends every bad input to the running system, then verifies its ledger; exits with 1 on a fault. */
await runCommand('attack', async (signal) => {
  // Nothing needs cleaning up before the exit.
  signal.addEventListener('abort', () => process.exit(1));
  const { url, seconds, seed, 'no-verify': unverified } = readArguments();
  const config = readConfig(process.env);
  const origins = url === undefined ? originsBy((name) => originOf(config, name)) : { router: url };
  // Of another system only the router's URL is known.
  const processes = url === undefined ? originsBy((name) => managementOriginOf(config, name)) : {};
  const queueServer = url === undefined ? ownQueueServer(process.env) : null;
  const userDatabaseUrl = url === undefined ? (findOwnDatabases(process.env, 'attack').user?.owner ?? null) : null;
  const world = await createWorld(origins, { queueServer, userDatabaseUrl }).catch((error: unknown) => {
    throw new StartFault(`The system at ${origins.router} cannot be attacked: ${errorText(error)}`);
  });
  const print = (line: string) => process.stdout.write(`${line}\n`);
  const faults = await attack({ world, processes, seed, fuzzMs: seconds * 1_000, print });
  const findings = unverified ? 0 : await verified(print);
  print(faults.length === 0 ? '\nEvery answer was as expected.' : `\nWrong:\n${faults.join('\n')}`);
  if (faults.length + findings > 0) process.exitCode = 1;
});

function originsBy(originOfPart: (name: PartName) => string): Record<PartName, string> {
  return Object.fromEntries(partNames.map((name) => [name, originOfPart(name)])) as Record<PartName, string>;
}

/** The queue server of the system that `npm start` runs, with the router's credentials. */
function ownQueueServer(environment: NodeJS.ProcessEnv): BrokerAddress | null {
  const { redis } = readRouterConfig({ ...environment, ...routerRedis(environment) });
  const listener = findOwnDatabases(environment, 'attack').jobs?.listener;
  return redis ?? (listener === undefined ? null : { postgresUrl: listener });
}

async function verified(print: (line: string) => void): Promise<number> {
  print('\nThe ledger');
  const { findings } = await verify({
    urls: findDatabases(process.env),
    graceS: 60,
    outboxMaxAgeS: 900,
    onFinding: (finding) => print(`  ${findingText(finding)}`),
  });
  print(findings === 0 ? '  verified: no findings' : `  findings: ${findings}`);
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
