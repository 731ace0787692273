/** Imports run one way: domain ← db ← imports, evidence ← activities, api ← server; domain ← documents ← api. */
const only = (name, comment, from, allowed, { types = [] } = {}) => [
  {
    name,
    comment,
    severity: 'error',
    from: { path: from },
    to: { path: '^(?!node_modules)', pathNot: [...allowed, ...types], dependencyTypesNot: ['npm', 'core'] },
  },
  ...(types.length === 0
    ? []
    : [
        {
          name: `${name}-types`,
          comment: `${comment} (types only)`,
          severity: 'error',
          from: { path: from },
          to: { path: types, dependencyTypesNot: ['type-only'] },
        },
      ]),
];

/** Code without clock, files and network may still hash. */
const HASHING = ['^domain/audit/', '^domain/draw/', '^domain/registry/', '^domain/sign-in/totp'];

module.exports = {
  forbidden: [
    ...only('domain-alone', 'the rules of the field know nothing of the house', '^domain/', ['^domain/']),
    {
      name: 'domain-pure',
      comment: 'no I/O in domain',
      severity: 'error',
      from: { path: '^domain/' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    {
      name: 'domain-hash-only-where-it-is-the-rule',
      comment: 'only what is defined by a hash hashes',
      severity: 'error',
      from: { path: '^domain/', pathNot: HASHING },
      to: { path: '^(node:)?crypto$' },
    },
    {
      name: 'domain-packages',
      comment: 'small pure packages only',
      severity: 'error',
      from: { path: '^domain/' },
      to: {
        dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-no-pkg', 'npm-unknown'],
        pathNot: '^node_modules/(canonicalize|chinese-days|csv-parse|csv-stringify|zod)/',
      },
    },
    ...only('db-on-domain', 'queries know the rules, not who asks', '^db/', ['^db/', '^domain/']),
    ...only('imports-on-db', 'files of registries: db and domain', '^imports/', [
      '^imports/',
      '^db/',
      '^domain/',
    ]),
    ...only('evidence-on-db', 'files of evidence: db and domain', '^evidence/', [
      '^evidence/',
      '^db/',
      '^domain/',
    ]),
    ...only('documents-on-domain', 'documents are made of what they are given', '^documents/', [
      '^documents/',
      '^domain/',
    ]),
    ...only('activities-on-db', 'activities: db, domain, imports and evidence', '^activities/', [
      '^activities/',
      '^imports/',
      '^evidence/',
      '^db/',
      '^domain/',
    ]),
    ...only(
      'api-on-db',
      'the API: db, domain, imports, evidence and documents; of workflows and activities it knows the types',
      '^api/',
      ['^api/', '^imports/', '^evidence/', '^documents/', '^db/', '^domain/'],
      { types: ['^workflows/', '^activities/'] },
    ),
    ...only(
      'workflows-on-domain',
      'workflows run in a sandbox: domain, and the types of activities',
      '^workflows/',
      ['^workflows/', '^domain/'],
      { types: ['^activities/'] },
    ),
    {
      name: 'workflow-packages',
      comment: 'a workflow must replay: nothing but the SDK',
      severity: 'error',
      from: { path: '^workflows/' },
      to: {
        dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-no-pkg', 'core'],
        pathNot: '^node_modules/@temporalio/(workflow|common)/',
      },
    },
    ...only('web-alone', 'web knows the generated types of the API, nothing else', '^web/', ['^web/']),
    ...only('verifier-alone', 'independent: imports nothing from the rest', '^verifier/', ['^verifier/']),
    {
      name: 'not-to-tests',
      comment: 'nothing that ships needs a test',
      severity: 'error',
      from: { pathNot: '^(test|bench)/' },
      to: { path: '^(test|bench)/' },
    },
    {
      name: 'no-dev-packages',
      comment: 'what runs at a site must be a dependency',
      severity: 'error',
      from: { path: '^(domain|db|workflows|activities|imports|evidence|documents|api|server|examples)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-circular',
      comment: 'types may refer to each other, code may not',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolvable',
      comment: 'what is imported exists',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: 'schema(\\.d)?(\\.ts)?$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.onevisit)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'types', 'default'],
    },
    skipAnalysisNotInRules: true,
  },
};
