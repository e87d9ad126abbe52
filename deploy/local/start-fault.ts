/** Why the system cannot start, in a sentence or two that say what to do: it is printed as it is. */
export class StartFault extends Error {
  override readonly name = 'StartFault';
}
