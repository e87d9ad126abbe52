import { runCommand } from '#local/command.ts';
import { StartFault } from '#local/start-fault.ts';
import { writeConnections } from './files.ts';

/** For compose.yaml: generates the passwords of PostgreSQL and Redis, once, in the folder of the argument. */
await runCommand('write-connections', async () => {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new StartFault('Name the folder to write to: write-connections <folder>');
  writeConnections(folder);
});
