export const idCharacters = 36;
const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text has the form of an id. Any other text must not reach the database. */
export function isId(text: string): boolean {
  return text.length === idCharacters && pattern.test(text);
}
