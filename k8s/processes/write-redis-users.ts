import { writeFileSync } from 'node:fs';
import { runCommand } from '#local/command.ts';
import { redisUsersFile } from '#local/redis-users.ts';
import { StartFault } from '#local/start-fault.ts';
import { readRedisConfig } from './config.ts';
import { redisPasswordsOf } from './connections.ts';

/** In a cluster: writes the users of its Redis, which starts afterwards, to the file that is its argument. */
await runCommand('write-redis-users', async () => {
  const [file] = process.argv.slice(2);
  if (file === undefined) throw new StartFault('Say which file to write to.');
  writeFileSync(file, redisUsersFile(redisPasswordsOf(readRedisConfig().REDIS_PASSWORD)));
});
