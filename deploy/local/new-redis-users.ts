import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { redisUrl } from '#platform/process/settings.ts';
import { runCommand } from './command.ts';
import { type RedisPasswords, redisSettingOf, redisUrlOf, redisUsers, redisUsersFile } from './redis-users.ts';
import { StartFault } from './start-fault.ts';

/**
 * `npm run redis-users -- rediss://redis.example:6379 [folder]` creates users for a Redis server. It writes the users
 * file for the server, and a settings file with the users' URLs for the processes.
 */
await runCommand('redis-users', async () => {
  const [server, folder = '.'] = process.argv.slice(2);
  const url = redisUrl.safeParse(server);
  if (!url.success) {
    throw new StartFault('redis-users <the URL of a Redis server, such as rediss://redis.example:6379> [folder]');
  }
  const passwords = Object.fromEntries(
    ['administrator', ...redisUsers].map((user) => [user, randomBytes(24).toString('hex')]),
  ) as RedisPasswords;
  const lines = [
    `# The administrator, which no process uses: the user "default" with the password ${passwords.administrator}`,
    ...redisUsers.map((user) => `${redisSettingOf(user)}=${redisUrlOf(url.data, user, passwords[user])}`),
  ];
  const [users, settings] = [join(folder, 'redis-users.acl'), join(folder, 'redis-users.env')];
  write(users, redisUsersFile(passwords));
  write(settings, `${lines.join('\n')}\n`);
  process.stdout.write(
    `${users}: the users, for the setting aclfile of Redis.\n${settings}: the URLs of the users, for the processes.\n`,
  );
});

/** Other users cannot read the file. An existing file is not overwritten, because it may be in use. */
function write(file: string, content: string): void {
  try {
    writeFileSync(file, content, { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const reason = code === 'EEXIST' ? 'it exists already; move it away first' : String(code);
    throw new StartFault(`${file} cannot be written: ${reason}.`, { cause });
  }
}
