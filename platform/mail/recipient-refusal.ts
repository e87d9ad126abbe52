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
 * it by entering such an address. The reply must name the mailbox, by an enhanced status code or, at the recipient, in
 * words. Returns null for every other reply, also where it may concern the recipient: a wrong configuration, such as
 * missing rights to relay or a listed IP address, must not close all messages. Codes are those of RFC 5321, 4.2.3 and
 * RFC 3463, 3.
 */
export function recipientRefusal(error: unknown): RecipientRefusal | null {
  if (!(error instanceof Error)) return null;
  const { command, responseCode: code, response } = error as SmtpFault;
  if (typeof code !== 'number' || code < 400 || code > 599 || sessionCodes.has(code)) return null;
  const isAtRecipient = command === 'RCPT TO';
  if (!isAtRecipient && command !== 'DATA') return null;
  const reply = String(response).slice(0, maxReply);
  const status = statusOf(reply);
  const isMailbox = status !== null && mailboxStatus.test(status);
  if (!isMailbox && !(isAtRecipient && namesMailbox(reply, status))) return null;
  return code >= 500 ? 'permanent' : 'temporary';
}

const maxReply = 2_000;

/** Replies about the session: shutting down, syntax and sequence of commands, encryption and authentication. */
const sessionCodes: ReadonlySet<number> = new Set([421, 432, 454, 500, 502, 503, 521, 530, 534, 535, 538]);

/** The enhanced status code at the beginning of a line, or in parentheses at the end: `(#5.1.1)`. */
function statusOf(reply: string): string | null {
  const found = /^\d{3}[ -]([45]\.\d{1,3}\.\d{1,3})\b/m.exec(reply) ?? /\(#?([45]\.\d{1,3}\.\d{1,3})\)\s*$/.exec(reply);
  return found?.[1] ?? null;
}

/** X.1 is about addresses, except X.1.0, X.1.7 and X.1.8, which servers use for the sender; X.2 is about mailboxes. */
const mailboxStatus = /^\d\.(?:1\.(?:1|2|3|4|6|10)|2\.[12])$/;

/** X.1.7 and X.1.8 are about the sender's address, X.3 about the server, X.7 about policies. */
const otherStatus = /^\d\.(?:1\.[78]|3\.\d+|7\.\d+)$/;

const unknownMailbox = [
  /\bno such (?:local )?(?:user|recipient|mailbox|account|address|person)\b/i,
  /\bunknown (?:local )?(?:user|recipient|mailbox|account|address)\b/i,
  /\b(?:user|recipient|mailbox|account|address)\b[^.;]{0,50}\b(?:unknown|not found|(?:does not|doesn't) exist)\b/i,
  /\bmailbox (?:is )?(?:full|over quota|unavailable|disabled|inactive)\b/i,
  // Exchange Online answers so for an unknown recipient.
  /\b[45]\.4\.1 recipient address rejected\b/i,
];

/** Words of replies about the sender, the connection or a policy. */
const otherCause =
  /relay|sender|spam|b(?:lack|lock)|\bip\b|policy|authenticat|\b(?:spf|dkim|dmarc|dns|ptr|rbl|helo|ehlo|mail from)\b|reverse|reputation|banned|not permitted|not allowed|client host|\byour (?:account|address|domain|host|mailbox|server)/i;

/** The addresses in a reply are words of customers. */
function namesMailbox(reply: string, status: string | null): boolean {
  if (status !== null && otherStatus.test(status)) return false;
  const words = reply.replaceAll(/<[^<>]*>|[^\s<>]+@[^\s<>]+/g, '').replaceAll(/\s*\r?\n\d{3}[ -]/g, ' ');
  return !otherCause.test(words) && unknownMailbox.some((pattern) => pattern.test(words));
}
