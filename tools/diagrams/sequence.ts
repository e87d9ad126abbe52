/** A sequence diagram in Mermaid's words, as far as the one of what is built uses them. */
export interface SequenceDiagram {
  /** As they are named to readers, in their order. */
  readonly participants: readonly string[];
  readonly messages: readonly Message[];
}

export interface Message {
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

export type DrawnMessage = Message & { readonly kind: 'step' | 'answer' | 'hint' };

const arrows = { '->>': 'step', '-->>': 'answer', '-)': 'hint' } as const;

/** @throws at a line that it does not know, so that nothing in a diagram goes unread. */
export function readSequenceDiagram(source: string) {
  const [first, ...lines] = source
    .trim()
    .split('\n')
    .map((line) => line.trim());
  if (first !== 'sequenceDiagram') throw new Error(`a sequence diagram does not begin with "${first}"`);
  const names = new Map<string, string>();
  const messages: DrawnMessage[] = [];
  for (const line of lines.filter((line) => line !== '' && line !== 'autonumber')) {
    const participant = /^(?:actor|participant) (\w+)(?: as (.+))?$/.exec(line);
    const message = /^(\w+)(->>|-->>|-\))(\w+): (.+)$/.exec(line);
    if (participant !== null) names.set(participant[1]!, plain(participant[2] ?? participant[1]!));
    else if (message !== null) messages.push(drawn(message, names));
    else throw new Error(`"${line}" cannot be read`);
  }
  return { participants: [...names.values()], messages };
}

function drawn([line, from, arrow, to, text]: RegExpExecArray, names: ReadonlyMap<string, string>): DrawnMessage {
  const nameOf = (id: string) => {
    const name = names.get(id);
    if (name === undefined) throw new Error(`"${line}" is between participants that are not there`);
    return name;
  };
  return { from: nameOf(from!), to: nameOf(to!), text: plain(text!), kind: arrows[arrow as keyof typeof arrows] };
}

function plain(text: string): string {
  return text.replaceAll('<br/>', ' ');
}
