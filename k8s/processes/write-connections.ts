import { runCommand } from '#local/command.ts';
import { StartFault } from '#local/start-fault.ts';
import { writeConnections } from './files.ts';

/** With compose.yaml: makes the passwords of its PostgreSQL and Redis, once, in the folder that is its argument. */
await runCommand('write-connections', async () => {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new StartFault('Say which folder to write to.');
  writeConnections(folder);
});
