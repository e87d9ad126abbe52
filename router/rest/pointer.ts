/** In UTF-16 code units. The client chooses the names of members. */
const longestStep = 100;

/** @see https://www.rfc-editor.org/rfc/rfc6901#section-6 */
export function pointerOf(path: readonly (string | number)[]): string {
  const steps = path.map((step) => String(step).slice(0, longestStep).toWellFormed());
  return `#${steps.map((step) => `/${encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('')}`;
}
