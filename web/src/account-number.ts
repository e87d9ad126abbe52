/** An account number in groups of three digits, which are easier to read aloud. */
export function grouped(number: string): string {
  return number.replace(/(.{3})(?=.)/g, '$1\u00a0');
}

/** An account number without the spaces, dots and dashes that people put between its digits. */
export function ungrouped(text: string): string {
  const digits = text.replace(/[\s.\-–]/g, '');
  return /^\d*$/.test(digits) ? digits : text.trim();
}
