import { manifestFiles } from './manifests/generated/files.ts';
import { writeFiles } from './write-files.ts';

/** `npm run manifests`: writes what follows from the manifest of subgraphs into the files for Kubernetes, Compose and Prometheus. */
writeFiles(await manifestFiles());
