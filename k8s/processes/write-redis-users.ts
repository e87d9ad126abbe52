import { writeFileSync } from 'node:fs';
import { runCommand } from '#local/command.ts';
import { redisUsersFile } from '#local/redis-users.ts';
import { StartFault } from '#local/start-fault.ts';
import { readRedisConfig } from './config.ts';
import { redisPasswordsOf } from './connections.ts';

/** For a cluster: writes the Redis users to the file of the argument, before Redis starts. */
await runCommand('write-redis-users', async () => {
  const [file] = process.argv.slice(2);
  if (file === undefined) throw new StartFault('Name the file to write to: write-redis-users <file>');
  writeFileSync(file, redisUsersFile(redisPasswordsOf(readRedisConfig().REDIS_PASSWORD)));
});
