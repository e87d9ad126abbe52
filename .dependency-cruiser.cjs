/** Which part may know which: a request and a job go one way, from file to file, and no file calls back up. */
const subgraph = '^subgraphs/([^/]+)/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, dependencyTypesNot: ['type-only'] } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-subgraph-imports-another',
      severity: 'error',
      from: { path: subgraph, pathNot: '\\.test\\.ts$' },
      to: { path: '^subgraphs/', pathNot: '^subgraphs/$1/' },
    },
    {
      name: 'subgraphs-know-platform-only',
      severity: 'error',
      from: { path: '^subgraphs/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(router|jobs|local|verify|tools|test|web|bench)/' },
    },
    {
      name: 'router-knows-platform-only',
      severity: 'error',
      from: { path: '^router/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(subgraphs|jobs|local|verify|tools|test|bench)/' },
    },
    {
      name: 'platform-knows-nobody',
      severity: 'error',
      from: { path: '^platform/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(subgraphs|router|jobs|local|verify|tools|test|web|bench)/' },
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
      from: { path: '^verify/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(router|jobs|subgraphs/[^/]+/(?!domain/))' },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^subgraphs/[^/]+/domain/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^(subgraphs/[^/]+/(services|entities|migrations|resolvers|database|context|server|config)|node_modules|platform/(database|http|log|process|outbox|subgraph))',
      },
    },
    {
      name: 'services-do-not-call-back-up',
      severity: 'error',
      from: { path: '^subgraphs/[^/]+/services/', pathNot: '\\.test\\.ts$' },
      to: { path: '^subgraphs/[^/]+/(resolvers|permissions|server|config)' },
    },
    {
      name: 'no-test-code-in-the-product',
      severity: 'error',
      from: { pathNot: '(\\.test\\.ts$|^test/)' },
      to: { path: '(\\.test\\.ts$|^test/)' },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(types\\.generated\\.ts$|^node_modules/(?!@))' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
