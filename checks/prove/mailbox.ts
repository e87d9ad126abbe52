import { startMailServer } from '../../test/mail-server.ts';
import { waitFor } from './wait.ts';

/** A message as a customer gets it: mail programs show a repeated one, which has the same id, once. */
export interface Mail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  /** The token of its link; null if it has none. */
  readonly token: string | null;
  /** Its code; null if it has none. */
  readonly code: string | null;
}

/** A mail server that accepts every message, with the mailboxes of all customers. */
export interface Mailbox {
  /** The setting that makes workers send mail there. */
  readonly smtpUrl: string;
  /** All messages with a subject, oldest first; repeated ones, too. */
  readonly mails: (to: string, subject: string) => readonly Mail[];
  /** The newest message with a subject, as soon as there is one. */
  readonly newest: (to: string, subject: string) => Promise<Mail>;
  /** @returns the number of different messages with a subject. */
  readonly count: (to: string, subject: string) => number;
  /** @returns the number of repeated messages. */
  readonly repeated: () => number;
  readonly stop: () => Promise<void>;
}

const arrivesWithinMs = 60_000;

export async function openMailbox(): Promise<Mailbox> {
  const { url, received, stop } = await startMailServer();
  const all = () => received.map(({ to, source }) => mailOf(to, source));
  const mails = (to: string, subject: string) => all().filter((mail) => mail.to === to && mail.subject === subject);
  const different = (some: readonly Mail[]) => new Set(some.map(({ id }) => id)).size;
  return {
    smtpUrl: url,
    mails,
    newest: async (to, subject) => {
      await waitFor(`“${subject}” to ${to}`, () => mails(to, subject).length > 0, arrivesWithinMs);
      return mails(to, subject).at(-1)!;
    },
    count: (to, subject) => different(mails(to, subject)),
    repeated: () => received.length - different(all()),
    stop,
  };
}

function mailOf(to: string, source: string): Mail {
  // A long header continues on a line that begins with a space (RFC 5322, section 2.2.3).
  const headers = source.split('\n\n', 1)[0]!.replaceAll(/\n[ \t]+/g, ' ');
  const header = (name: string) => {
    const [, value] = new RegExp(`^${name}: (.*)$`, 'im').exec(headers) ?? [];
    if (value === undefined) throw new Error(`a message has no ${name}: ${headers}`);
    return value;
  };
  // Quoted-printable (RFC 2045, section 6.7) ends a long line with `=`, and writes `=` itself as `=3D`.
  const text = source.replaceAll('=\n', '').replaceAll('=3D', '=');
  return {
    id: header('Message-ID'),
    to,
    subject: header('Subject'),
    token: /#token=([\w-]+)/.exec(text)?.[1] ?? null,
    code: /^\d{8}$/m.exec(text)?.[0] ?? null,
  };
}
