/** The client's bodies are texts. */
const textOf = (init: RequestInit | undefined) => (typeof init?.body === 'string' ? init.body : '');

/** A `fetch` that counts the requests whose body has this text. */
export function counting(text: string) {
  let count = 0;
  const counted: typeof fetch = async (input, init) => {
    if (textOf(init).includes(text)) count += 1;
    return await fetch(input, init);
  };
  return { fetch: counted, count: () => count };
}

/** A `fetch` that answers the first requests itself. */
export function answering(first: readonly (() => Response)[]) {
  const left = [...first];
  const bodies: string[] = [];
  const doubled: typeof fetch = async (input, init) => {
    bodies.push(textOf(init));
    const answer = left.shift();
    return answer === undefined ? await fetch(input, init) : answer();
  };
  return { fetch: doubled, bodies };
}

/** An answer of the API that has one error. */
export const fault =
  (status: number, code: string, headers: Record<string, string> = {}) =>
  () =>
    Response.json({ errors: [{ message: 'No.', extensions: { code } }] }, { status, headers });
