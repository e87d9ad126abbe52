import { createTransport } from 'nodemailer';

/** A message to one customer. Every attempt to send it uses the same `id`. */
export interface MailMessage {
  readonly id: string;
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
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

/** Returns null if no URL is set; then the product sends no email. `from` is the sender of every message. */
export function createMailer(smtpUrl: string | undefined, from: string): Mailer | null {
  if (smtpUrl === undefined) return null;
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

function mail(from: string, { id, recipient, subject, body, createdAt }: MailMessage) {
  return {
    from,
    to: { name: '', address: recipient },
    subject,
    text: body,
    date: createdAt,
    // Every attempt uses the same id, so mail programs can recognize a duplicate.
    messageId: `<${id}@notification>`,
  };
}
