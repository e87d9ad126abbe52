import { resolve } from 'node:path';
import { readMails, type StoredMail } from '#platform/messaging/mail-folder.ts';
import { project, runCommand } from './command.ts';
import { dataFolderOf, mailFolderIn } from './data-folder.ts';
import { databaseSource } from './databases.ts';
import { StartFault } from './start-fault.ts';

const mostListed = 20;

/**
 * `npm run mail` lists the newest messages that `npm start` stored because no mail server is set, the newest first.
 * `npm run mail -- ada@example.com` prints the newest one to that address as a whole.
 */
await runCommand('mail', async () => {
  const [address] = process.argv.slice(2);
  const folder = mailFolder(process.env);
  const mails = await readMails(folder);
  if (address === undefined) return list(mails.slice(0, mostListed), folder);
  const found = mails.find(({ to }) => to.toLowerCase() === address.toLowerCase());
  if (found === undefined) throw new StartFault(`There is no message to ${address} in ${folder}.`);
  process.stdout.write(`To: ${found.to}\nSubject: ${found.subject}\nDate: ${found.date}\n\n${found.text}\n`);
});

function mailFolder(environment: NodeJS.ProcessEnv): string {
  const { MAIL_FOLDER, DATA_FOLDER } = environment;
  if (MAIL_FOLDER !== undefined && MAIL_FOLDER !== '') return resolve(MAIL_FOLDER);
  const source = databaseSource(environment, 'start');
  return mailFolderIn(dataFolderOf(DATA_FOLDER === '' ? undefined : DATA_FOLDER, source.kind === 'none', project));
}

function list(mails: readonly StoredMail[], folder: string): void {
  for (const { date, to, subject } of mails) process.stdout.write(`${date}  ${to}  ${subject}\n`);
  process.stdout.write(mails.length === 0 ? `There are no messages in ${folder}.\n` : '');
}
