import { createTransport } from 'nodemailer';
import { letterHtml, type LetterPart, letterText, partsOf } from '../mail/letter.ts';
import { recipientRefusal } from '../mail/recipient-refusal.ts';
import { errorText, type Log } from '../telemetry/log.ts';
import { mails } from '../telemetry/metrics.ts';
import { storeMail } from './mail-folder.ts';

/** A message to one customer. Every attempt to send it uses the same `id`. */
export interface MailMessage {
  readonly id: string;
  readonly recipient: string;
  readonly subject: string;
  /** Plain text, or the parts of a letter. The mail has both a plain text and an HTML form of it. */
  readonly body: string | readonly LetterPart[];
  readonly createdAt: Date;
  /** How many attempts the mail server has refused temporarily because of the recipient: none if not given. */
  readonly deferrals?: number;
}

/** A mail server. */
export interface Mailer {
  /**
   * Resolves when the mail server has accepted or refused each message. The results have the order of the messages. The
   * reason is RecipientRefused where no later attempt is worth while.
   */
  readonly deliver: (messages: readonly MailMessage[]) => Promise<PromiseSettledResult<unknown>[]>;
}

const maxConnections = 5;
const connectTimeoutMs = 10_000;
const silenceTimeoutMs = 30_000;

export interface MailerOptions {
  readonly smtpUrl?: string | undefined;
  /** A folder that takes the place of a mail server on one machine. */
  readonly folder?: string | undefined;
  /** The sender of every message. */
  readonly from: string;
  readonly log?: Log;
}

/** Returns null if neither a mail server nor a folder is set; then the product sends no email. */
export function createMailer({ smtpUrl, folder, from, log }: MailerOptions): Mailer | null {
  // The series begin with 0.
  for (const outcome of ['accepted', 'refused', 'deferred', 'failed']) mails.inc({ outcome }, 0);
  if (smtpUrl !== undefined) return smtpMailer(smtpUrl, from, log);
  return folder === undefined ? null : folderMailer(folder, from);
}

function smtpMailer(smtpUrl: string, from: string, log?: Log): Mailer {
  return {
    deliver: async (messages) => {
      const transport = createTransport({
        url: smtpUrl,
        pool: true,
        maxConnections: maxConnections,
        connectionTimeout: connectTimeoutMs,
        greetingTimeout: connectTimeoutMs,
        socketTimeout: silenceTimeoutMs,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      try {
        const send = async (message: MailMessage) => {
          try {
            await transport.sendMail(mail(from, message));
            mails.inc({ outcome: 'accepted' });
          } catch (error) {
            throw refused(message, error, log);
          }
        };
        return await Promise.allSettled(messages.map(send));
      } finally {
        transport.close();
      }
    },
  };
}

/** A recipient that is refused temporarily in all attempts is refused: the last attempt would dead-letter the message. */
const mostDeferrals = 12;

/** Counts a message that was not accepted. Returns RecipientRefused if it is not worth another attempt. */
function refused({ id, deferrals = 0 }: MailMessage, error: unknown, log: Log | undefined): unknown {
  const refusal = recipientRefusal(error);
  if (refusal === null || (refusal === 'temporary' && deferrals + 1 < mostDeferrals)) {
    mails.inc({ outcome: refusal === null ? 'failed' : 'deferred' });
    return error;
  }
  mails.inc({ outcome: 'refused' });
  const { responseCode: status } = error as { readonly responseCode: number };
  // The reply may contain the address.
  log?.info({ mailId: id, status }, 'the mail server refuses the recipient of a message');
  return new RecipientRefused(error);
}

function folderMailer(folder: string, from: string): Mailer {
  return {
    deliver: async (messages) => {
      const store = async (message: MailMessage) => {
        const { id, recipient, subject, createdAt } = message;
        const parts = partsIn(message);
        const links = parts.filter((part) => typeof part === 'object' && 'url' in part);
        const date = createdAt.toISOString();
        await storeMail(folder, { id, from, to: recipient, subject, ...formsOf(parts), links, date });
      };
      return await Promise.allSettled(messages.map(store));
    },
  };
}

function mail(from: string, message: MailMessage) {
  const { id, recipient, subject, createdAt } = message;
  return {
    from,
    to: { name: '', address: recipient },
    subject,
    ...formsOf(partsIn(message)),
    date: createdAt,
    // Every attempt uses the same id, so mail programs can recognize a duplicate.
    messageId: `<${id}@notification>`,
  };
}

const partsIn = ({ body }: MailMessage) => (typeof body === 'string' ? partsOf(body) : body);

const formsOf = (parts: readonly LetterPart[]) => ({ text: letterText(parts), html: letterHtml(parts) });

/** The mail server refuses the recipient. The message is closed without another attempt. */
export class RecipientRefused extends Error {
  constructor(cause: unknown) {
    super('the mail server refuses the recipient', { cause });
    this.name = 'RecipientRefused';
  }
}

/** The mail server refused some messages. The caller marks the others as sent, so a retry does not repeat them. */
export class MessagesNotSent extends Error {
  constructor(reasons: readonly unknown[], messages: number) {
    const [reason] = reasons;
    const code = reason instanceof Error && 'code' in reason ? `${String(reason.code)} ` : '';
    super(`the mail server refused ${reasons.length} of ${messages} messages: ${code}${errorText(reason)}`, {
      cause: reason,
    });
    this.name = 'MessagesNotSent';
  }
}

/** @throws MessagesNotSent if the mail server refused a message. */
export function requireAccepted(results: readonly PromiseSettledResult<unknown>[]): void {
  const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
  if (reasons.length > 0) throw new MessagesNotSent(reasons, results.length);
}
