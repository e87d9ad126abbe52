/** An event of a stream: HTML standard, section 9.2.6. */
export interface ServerEvent {
  readonly event: string;
  readonly data: string;
  /** The id of the last event, this one included. */
  readonly id: string | null;
}

/** In UTF-16 code units. The server's results are far smaller. */
const longestEvent = 4_000_000;

/**
 * Reads Server-Sent Events. Heartbeats are events without a name, data and a new id.
 *
 * @param touched is called for every chunk, heartbeats included.
 * @throws what the stream throws.
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  touched: () => void,
): AsyncGenerator<ServerEvent, void, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let id: string | null = null;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      // An event without an empty line after it is incomplete, and is dropped.
      if (done) return;
      touched();
      text += decoder.decode(value, { stream: true });
      if (text.length > longestEvent) throw new Error('an event is too long');
      // A carriage return at the end may be the first half of a line break.
      const blocks = text.split(/\r\n\r\n|\n\n|\r\r(?!\n)/);
      text = blocks.pop()!;
      for (const block of blocks) {
        const fields = fieldsOf(block);
        id = fields.id ?? id;
        yield { ...fields, id };
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function fieldsOf(block: string) {
  const data: string[] = [];
  let [event, id]: [string, string | null] = ['', null];
  for (const line of block.split(/\r\n|\n|\r/)) {
    const [, name, value = ''] = /^([^:]+)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (name === 'data') data.push(value);
    if (name === 'event') event = value;
    if (name === 'id' && !value.includes('\0')) id = value;
  }
  return { event, data: data.join('\n'), id };
}
