import { mkdirSync } from 'node:fs';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** A message in a folder that takes the place of a mail server on one machine. */
export interface StoredMail {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly links: readonly { readonly label: string; readonly url: string }[];
  readonly date: string;
}

const storedMail = z.object({
  id: z.string(),
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  links: z.array(z.object({ label: z.string(), url: z.string() })),
  date: z.string(),
}) satisfies z.ZodType<StoredMail>;

/** The most messages that a folder keeps. */
const mostMails = 500;

/** Writes a message, in place of an earlier attempt to send it. Only the user of the process can read it. */
export async function storeMail(folder: string, mail: StoredMail): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${mail.id}.json`);
  await writeFile(`${file}.part`, JSON.stringify(mail, null, 2), { mode: 0o600 });
  await rename(`${file}.part`, file);
  // Ids sort by time.
  const names = await fileNames(folder);
  await Promise.all(names.slice(mostMails).map(async (name) => await rm(join(folder, name), { force: true })));
}

/** The newest messages of a folder, the newest first; none if the folder does not exist. */
export async function readMails(folder: string, most = mostMails): Promise<StoredMail[]> {
  const names = (await fileNames(folder)).slice(0, most);
  const mails = await Promise.all(names.map(async (name) => await readMail(join(folder, name))));
  return mails.filter((mail) => mail !== null).toSorted((a, b) => (a.date < b.date ? 1 : -1));
}

async function fileNames(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .toReversed();
}

/** Null if the file was removed, or is not a message. */
async function readMail(file: string): Promise<StoredMail | null> {
  try {
    return storedMail.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return null;
  }
}
