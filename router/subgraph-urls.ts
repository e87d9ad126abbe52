import { readFileSync } from 'node:fs';
import { type ArgumentNode, type EnumValueDefinitionNode, Kind, parse } from 'graphql';
import { httpUrl } from '#platform/process/settings.ts';

/** A subgraph as the supergraph names it. */
export interface ListedSubgraph {
  readonly name: string;
  /** The setting with its URL: the name in the supergraph's enum `join__Graph`, which is unique, and `_URL`. */
  readonly setting: string;
  /** Its routing URL. An empty one is no default: the setting is then required. */
  readonly routingUrl: string;
}

/** The subgraphs of a supergraph. Empty if the file cannot be read as one: the start of the gateway reports that. */
export function listSubgraphs(supergraphFile: string): ListedSubgraph[] {
  return valuesOfGraphEnum(supergraphFile).map((value) => ({
    name: argumentOf(value, 'name'),
    setting: `${value.name.value}_URL`,
    routingUrl: argumentOf(value, 'url'),
  }));
}

/** A setting for the URL of each subgraph. */
export function urlSettings(subgraphs: readonly ListedSubgraph[]) {
  return Object.fromEntries(
    subgraphs.map(({ setting, routingUrl }) => [setting, routingUrl === '' ? httpUrl : httpUrl.default(routingUrl)]),
  );
}

function valuesOfGraphEnum(supergraphFile: string): readonly EnumValueDefinitionNode[] {
  try {
    const graphs = parse(readFileSync(supergraphFile, 'utf8')).definitions.find(
      (definition) => definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'join__Graph',
    );
    return graphs?.kind === Kind.ENUM_TYPE_DEFINITION ? (graphs.values ?? []) : [];
  } catch {
    return [];
  }
}

/** An argument of `@join__graph`. */
function argumentOf({ directives = [] }: EnumValueDefinitionNode, name: string): string {
  const graph = directives.find((directive) => directive.name.value === 'join__graph');
  const argument = graph?.arguments?.find((one: ArgumentNode) => one.name.value === name);
  return argument?.value.kind === Kind.STRING ? argument.value.value : '';
}
