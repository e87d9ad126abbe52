import { type GivenUrls, settingOf } from '#local/credentials.ts';
import { StartFault } from '#local/start-fault.ts';
import { type SubgraphName, subgraphNames } from '#subgraphs/manifest.ts';
import type { OwnerUrls } from './cut.ts';

/** @throws StartFault if the URL of an owner is not known. */
export function ownerUrls(urls: GivenUrls): OwnerUrls {
  const urlOf = (name: SubgraphName) => {
    const url = urls[name]?.owner;
    if (url === undefined) throw new StartFault(`${settingOf(name, 'owner')} is not set.`);
    return url;
  };
  return Object.fromEntries(subgraphNames.map((name) => [name, urlOf(name)])) as OwnerUrls;
}
