const domain = /^@[\p{L}\p{N}.-]+$/u;

/** Shows the first character of an address, if it has others, and its domain; nothing of a text without a domain. */
export function maskedEmail(email: string): string {
  const at = email.lastIndexOf('@');
  if (at < 0 || !domain.test(email.slice(at))) return '…';
  const [first = '', ...others] = email.slice(0, at);
  return `${others.length === 0 ? '' : first}…${email.slice(at)}`;
}

/** Shows the last four digits of an account number. */
export function maskedNumber(number: string): string {
  return `…${number.slice(-4)}`;
}

/** Replaces the text of another person. */
export const maskedText = '…';
