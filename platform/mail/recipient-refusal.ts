/** Why a later attempt to send a message may or may not succeed. */
export type RecipientRefusal = 'permanent' | 'temporary';

/** The fields of an error of nodemailer that name the command and the server's reply to it. */
interface SmtpFault {
  readonly command?: unknown;
  readonly responseCode?: unknown;
  readonly response?: unknown;
}

/**
 * Whether a mail server refused a message because of its recipient: no other message is affected, and anyone can cause
 * it by entering such an address. Returns null for each fault of the system or of the server, such as missing
 * credentials, a policy against this sender, or a lost connection. Codes are those of RFC 5321, 4.2.3 and RFC 3463, 3.
 */
export function recipientRefusal(error: unknown): RecipientRefusal | null {
  if (!(error instanceof Error)) return null;
  const { command, responseCode: code, response } = error as SmtpFault;
  if (typeof code !== 'number' || code < 400 || code > 599) return null;
  const status = /^\d{3}[ -]([45]\.\d{1,3}\.\d{1,3})\b/.exec(String(response))?.[1];
  const isRecipient = command === 'RCPT TO' ? refusedRecipient(code, status) : refusedMessage(command, code, status);
  if (!isRecipient) return null;
  return code >= 500 ? 'permanent' : 'temporary';
}

/** Replies about the session: shutting down, syntax and sequence of commands, encryption and authentication. */
const sessionCodes: ReadonlySet<number> = new Set([421, 432, 454, 500, 502, 503, 521, 530, 534, 535, 538]);

/** X.1.7 and X.1.8 are about the sender's address, X.3 about the server, X.7 about policies. */
const otherStatus = /^\d\.(?:1\.[78]|3\.\d+|7\.\d+)$/;

function refusedRecipient(code: number, status: string | undefined): boolean {
  return !sessionCodes.has(code) && (status === undefined || !otherStatus.test(status));
}

/** X.1 is about addresses, X.2 about the recipient's mailbox. */
const mailboxStatus = /^\d\.[12]\.\d+$/;
const mailboxCodes: ReadonlySet<number> = new Set([450, 452, 550, 551, 552, 553]);

/** The reply to the message itself concerns the recipient only if it names the mailbox. */
function refusedMessage(command: unknown, code: number, status: string | undefined): boolean {
  if (command !== 'DATA') return false;
  return status === undefined ? mailboxCodes.has(code) : mailboxStatus.test(status) && !otherStatus.test(status);
}
