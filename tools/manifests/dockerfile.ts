import { Copy, DockerfileParser } from 'dockerfile-ast';

/** A FROM and the instructions up to the next FROM. */
export interface Stage {
  /** Such as `node:26.10.0-trixie-slim`. */
  readonly base: string;
  readonly name: string | null;
  readonly instructions: readonly Instruction[];
}

export interface Instruction {
  /** Such as RUN. */
  readonly keyword: string;
  /** The arguments without flags. */
  readonly content: string;
  /** The source stage of a COPY; null for others. */
  readonly from: string | null;
}

export function stagesOf(dockerfile: string): Stage[] {
  const parsed = DockerfileParser.parse(dockerfile);
  const froms = parsed.getFROMs();
  return froms.map((from, index) => {
    const begin = from.getRange().start.line;
    const end = froms[index + 1]?.getRange().start.line ?? Infinity;
    return {
      base: from.getImage() ?? '',
      name: from.getBuildStage(),
      instructions: parsed
        .getInstructions()
        .filter((one) => one.getRange().start.line > begin && one.getRange().start.line < end)
        .map((one) => ({
          keyword: one.getKeyword(),
          content: one.getArgumentsContent() ?? '',
          from: one instanceof Copy ? (one.getFromFlag()?.getValue() ?? null) : null,
        })),
    };
  });
}

export function contentsOf({ instructions }: Pick<Stage, 'instructions'>, keyword: string): string[] {
  return instructions.filter((one) => one.keyword === keyword).map(({ content }) => content);
}
