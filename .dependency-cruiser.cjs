/** Which files may import which: requests and jobs pass through the files in one direction, and no file calls back up. */
const subgraph = '^subgraphs/([^/]+)/';
const testFile = '\\.test\\.ts$';

/** The folders from the lowest floor to the highest. A file imports from its own folder and from lower floors. */
const floors = [
  ['platform'],
  ['subgraphs'],
  ['jobs', 'router'],
  ['deploy'],
  ['k8s', 'checks/verify'],
  ['tools'],
  ['test', 'postman'],
  ['checks/attack', 'checks/bench', 'checks/prove'],
];

function onlyLowerFloors(folders, floor) {
  const lower = floors.slice(0, floor).flat();
  const above = floors.slice(floor + 1).flat();
  const consoleSources = floor < 3 ? ['web'] : ['web/src'];
  return {
    name: `${folders.join('-and-').replaceAll('/', '-')}-import-no-higher-floor`,
    comment: `May import from: ${lower.join(', ') || 'packages only'}.`,
    severity: 'error',
    from: { path: `^(${folders.join('|')})/`, pathNot: testFile },
    to: { path: `^(${[...above, ...consoleSources].join('|')})/` },
  };
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, dependencyTypesNot: ['type-only'] } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-subgraph-imports-another',
      severity: 'error',
      from: { path: subgraph, pathNot: '\\.test\\.ts$' },
      to: { path: '^subgraphs/[^/]+/', pathNot: '^subgraphs/$1/' },
    },
    ...floors.map(onlyLowerFloors),
    {
      name: 'jobs-and-router-import-nothing-from-each-other',
      severity: 'error',
      from: { path: '^(jobs|router)/', pathNot: testFile },
      to: { path: '^(jobs|router)/', pathNot: '^$1/' },
    },
    {
      name: 'router-imports-no-subgraph',
      severity: 'error',
      from: { path: '^router/', pathNot: testFile },
      to: { path: '^subgraphs/' },
    },
    {
      name: 'only-workers-call-services',
      severity: 'error',
      from: { path: '^jobs/', pathNot: '(^jobs/workers/|\\.test\\.ts$)' },
      to: { path: '^subgraphs/[^/]+/(services|domain|entities|resolvers|permissions)' },
    },
    {
      name: 'verify-shares-rules-and-no-statements',
      severity: 'error',
      from: { path: '^checks/verify/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(router|jobs|subgraphs/[^/]+/(?!domain/))' },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^subgraphs/[^/]+/domain/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^(subgraphs/[^/]+/(services|entities|migrations|resolvers|database|context|server|config)|node_modules|platform/(postgres/(?!row-hash)|http|graphql|messaging|telemetry|process))',
      },
    },
    {
      name: 'services-do-not-call-back-up',
      severity: 'error',
      from: { path: '^subgraphs/[^/]+/services/', pathNot: '\\.test\\.ts$' },
      to: { path: '^subgraphs/[^/]+/(resolvers|permissions|server|config)' },
    },
    {
      name: 'clients-import-nothing-of-the-product',
      severity: 'error',
      from: { path: '^clients/', pathNot: testFile },
      to: { pathNot: '^clients/' },
    },
    {
      name: 'no-imports-of-tests',
      severity: 'error',
      from: { pathNot: testFile },
      to: { path: testFile },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^checks/bench/hive/|types\\.generated\\.ts$|^node_modules/(?!@))' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
