import { chartFiles } from './manifests/chart/chart.ts';
import { manifestFiles } from './manifests/generated/files.ts';
import { writeFiles } from './write-files.ts';

/**
 * `npm run manifests`: writes what follows from the manifest of subgraphs into the files for Kubernetes, Compose and
 * Prometheus, and the Helm chart from the overlay that they make.
 */
writeFiles(await manifestFiles());
writeFiles(chartFiles());
