import { createTransport } from 'nodemailer';
import { letterHtml, type LetterPart, letterText, partsOf } from '../mail/letter.ts';
import { errorText } from '../telemetry/log.ts';
import { storeMail } from './mail-folder.ts';

/** A message to one customer. Every attempt to send it uses the same `id`. */
export interface MailMessage {
  readonly id: string;
  readonly recipient: string;
  readonly subject: string;
  /** Plain text, or the parts of a letter. The mail has both a plain text and an HTML form of it. */
  readonly body: string | readonly LetterPart[];
  readonly createdAt: Date;
}

/** A mail server. */
export interface Mailer {
  /** Resolves when the mail server has accepted or refused each message. The results have the order of the messages. */
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
}

/** Returns null if neither a mail server nor a folder is set; then the product sends no email. */
export function createMailer({ smtpUrl, folder, from }: MailerOptions): Mailer | null {
  if (smtpUrl !== undefined) return smtpMailer(smtpUrl, from);
  return folder === undefined ? null : folderMailer(folder, from);
}

function smtpMailer(smtpUrl: string, from: string): Mailer {
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
        return await Promise.allSettled(messages.map(async (message) => await transport.sendMail(mail(from, message))));
      } finally {
        transport.close();
      }
    },
  };
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
