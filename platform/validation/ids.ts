export const idCharacters = 36;
const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether it could be an id: what could not names nothing, and must not reach the database. */
export function isId(text: string): boolean {
  return text.length === idCharacters && pattern.test(text);
}
