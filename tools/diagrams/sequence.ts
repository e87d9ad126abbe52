/** A Mermaid sequence diagram, limited to the syntax that docs/architecture/as-built.md uses. */
export interface SequenceDiagram {
  /** The displayed names, in order. */
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

/** @throws at a line that it does not support, so that no part of a diagram is ignored. */
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
    if (name === undefined) throw new Error(`"${line}" is between participants that are not declared`);
    return name;
  };
  return { from: nameOf(from!), to: nameOf(to!), text: plain(text!), kind: arrows[arrow as keyof typeof arrows] };
}

function plain(text: string): string {
  return text.replaceAll('<br/>', ' ');
}
