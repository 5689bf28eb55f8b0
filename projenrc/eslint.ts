/** The arrows that may exist (design.md section 1), as ESLint rules whose messages say what to do instead. */

interface Forbidden {
  readonly in: string;
  readonly group: string[];
  readonly instead: string;
}

/** Imports between packages. */
const PACKAGES: Forbidden[] = [
  {
    in: 'model/src/**/*.ts',
    group: [
      '@holdfast/*',
      'aws-cdk-lib',
      'aws-cdk-lib/*',
      'cdktf',
      'cdktf/*',
      '@cdktf/*',
      'constructs',
      'node:*',
      '@aws-sdk/*',
    ],
    instead:
      'model/ depends on nothing: take the value as a parameter, or put the code into the package that has the dependency.',
  },
  {
    in: 'lib/src/**/*.ts',
    group: [
      '@holdfast/cdk-nag',
      'cdk-nag',
      '@holdfast/cdktf',
      '@holdfast/cdktf/*',
      '@holdfast/engine',
      '@holdfast/engine/*',
      'cdktf',
      'cdktf/*',
      '@cdktf/*',
      '**/provider/src/**',
      '**/engine/src/**',
      '**/model/src/**',
    ],
    instead: "lib/ may import '@holdfast/model' alone of ours: what lib and provider share moves to model/.",
  },
  {
    in: 'lib/src/**/*.ts',
    group: ['aws-cdk-lib'],
    instead:
      "import the sub-path ('aws-cdk-lib/core', 'aws-cdk-lib/aws-backup', …): the root doubles the time to compile.",
  },
  {
    in: 'provider/src/**/*.ts',
    group: [
      '@holdfast/cdk-nag',
      'cdk-nag',
      '@holdfast/cdk',
      '@holdfast/cdk/*',
      '@holdfast/engine',
      '@holdfast/engine/*',
      'aws-cdk-lib',
      'aws-cdk-lib/*',
      '**/lib/src/**',
      '**/engine/src/**',
      '**/model/src/**',
    ],
    instead: "provider/ may import '@holdfast/model' alone of ours: what lib and provider share moves to model/.",
  },
  {
    in: 'provider/src/**/*.ts',
    group: ['@cdktf/provider-aws'],
    instead: "import the sub-path ('@cdktf/provider-aws/lib/backup-vault'): the root costs 3 s and 500 MiB to load.",
  },
  {
    in: 'nag/src/**/*.ts',
    group: [
      '@holdfast/cdktf',
      '@holdfast/cdktf/*',
      '@holdfast/cdktn',
      '@holdfast/cdktn/*',
      'cdktn',
      '@cdktn/*',
      '@holdfast/engine',
      '@holdfast/engine/*',
      'cdktf',
      'cdktf/*',
      '@cdktf/*',
      '**/lib/src/**',
      '**/provider/src/**',
      '**/engine/src/**',
      '**/model/src/**',
    ],
    instead: "nag/ may import '@holdfast/model' and '@holdfast/cdk' alone of ours: what judges an app stands there.",
  },
  {
    in: 'engine/src/**/*.ts',
    group: [
      '@holdfast/cdk-nag',
      'cdk-nag',
      '@holdfast/cdk',
      '@holdfast/cdk/*',
      '@holdfast/cdktf',
      '@holdfast/cdktf/*',
      'aws-cdk-lib',
      'aws-cdk-lib/*',
      'cdktf',
      'cdktf/*',
      '@cdktf/*',
      'constructs',
      '**/lib/src/**',
      '**/provider/src/**',
      '**/model/src/**',
    ],
    instead: "engine/ may import '@holdfast/model' alone of ours and reads artifacts, never constructs.",
  },
  {
    in: '{examples,test,bench}/**/*.ts',
    group: ['aws-cdk-lib', '@cdktf/provider-aws'],
    instead: 'import the sub-path: the root of the package is slow to load.',
  },
];

interface Zone {
  /** A room of engine/src, or globs below it. */
  readonly target: string | string[];
  readonly from: string[];
  readonly instead: string;
}

/** Operations of services that stand on their own; CloudFormation calls those of others, and reads templates. */
const OPERATIONS = ['operations/*.ts', 'operations/!(cloudformation)/**/*.ts'];

/**
 * Imports inside the engine: kernel <- domain <- operations <- ingest <- provision <- operations/cloudformation <- wire;
 * domain <- resources, report, cost; all <- testing, cli, host.
 */
const ROOMS: Zone[] = [
  {
    target: 'kernel',
    from: [
      'domain',
      'operations',
      'resources',
      'ingest',
      'provision',
      'wire',
      'report',
      'cost',
      'testing',
      'cli',
      'host',
    ],
    instead: 'kernel/ knows nothing of backups: pass what it needs as a parameter.',
  },
  {
    target: 'domain',
    from: ['operations', 'resources', 'ingest', 'provision', 'wire', 'report', 'cost', 'testing', 'cli', 'host'],
    instead:
      'domain/ sees kernel/ and the model alone: what a service is comes in as data, what a call does lives in operations/.',
  },
  {
    target: 'resources',
    from: ['operations', 'ingest', 'provision', 'wire', 'report', 'cost', 'testing', 'cli', 'host'],
    instead: 'resources/ sees domain/ and kernel/ alone.',
  },
  {
    target: OPERATIONS,
    from: ['ingest', 'provision', 'operations/cloudformation', 'wire', 'report', 'cost', 'testing', 'cli', 'host'],
    instead: 'an operation changes the World and knows no way in: move the code to ingest/ or wire/, which call it.',
  },
  {
    target: 'operations/cloudformation',
    from: ['wire', 'report', 'cost', 'testing', 'cli', 'host'],
    instead: 'a stack is made by provision/, which calls the operations of other services.',
  },
  {
    target: 'provision',
    from: ['operations/cloudformation', 'wire', 'report', 'cost', 'testing', 'cli', 'host'],
    instead: 'provision/ brings resources about by ingest/ and operations/, and knows nothing of calls.',
  },
  {
    target: 'ingest',
    from: ['provision', 'operations/cloudformation', 'wire', 'report', 'cost', 'testing', 'cli', 'host'],
    instead: 'files come in through FileSource, which host/ implements.',
  },
  {
    target: 'report',
    from: ['operations', 'ingest', 'provision', 'wire', 'cost', 'testing', 'cli', 'host'],
    instead: 'a report reads the history in domain/ and nothing else.',
  },
  {
    target: 'host',
    from: ['cli', 'testing'],
    instead: 'host/ gives clock, files and sockets to the rooms above it and calls none of them.',
  },
];

function overrides(): unknown[] {
  const files = [...new Set(PACKAGES.map((rule) => rule.in))];
  return files.map((pattern) => ({
    files: [pattern],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: PACKAGES.filter((rule) => rule.in === pattern).map((rule) =>
            rule.group.every((g) => !g.includes('*')) && rule.group.length <= 2
              ? { regex: `^(${rule.group.join('|')})$`, message: rule.instead }
              : { group: rule.group, message: rule.instead },
          ),
        },
      ],
    },
  }));
}

function zones(): unknown[] {
  return ROOMS.flatMap((room) =>
    room.from.map((from) => ({
      target:
        typeof room.target === 'string'
          ? `./engine/src/${room.target}`
          : room.target.map((target) => `./engine/src/${target}`),
      from: `./engine/src/${from}`,
      message: room.instead,
    })),
  );
}

/** The text of eslint.config.mjs. */
export function eslintConfig(marker: string): string[] {
  return [
    `// ${marker}`,
    "import tseslint from 'typescript-eslint';",
    "import importPlugin from 'eslint-plugin-import';",
    '',
    'export default tseslint.config(',
    "  { ignores: ['**/build/**', '**/dist/**', '**/node_modules/**', '**/cdk.out/**', '**/cdktf.out/**', '**/*.js', '**/*.d.ts', '.projen/**', '.site/**'] },",
    '  {',
    "    files: ['**/*.ts', '**/*.tsx'],",
    '    extends: [tseslint.configs.base],',
    '    plugins: { import: importPlugin },',
    "    settings: { 'import/resolver': { typescript: { project: ['engine/tsconfig.json'] } } },",
    '    rules: {',
    "      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],",
    "      '@typescript-eslint/consistent-type-assertions': 'error',",
    "      '@typescript-eslint/no-explicit-any': 'off',",
    "      'import/no-default-export': 'error',",
    "      'no-console': 'off',",
    "      'prefer-const': 'error',",
    "      eqeqeq: 'error',",
    `      'import/no-restricted-paths': ['error', ${JSON.stringify({ zones: zones() }, null, 2).split('\n').join('\n      ')}],`,
    '    },',
    '  },',
    ...overrides().map((block) => `  ${JSON.stringify(block, null, 2).split('\n').join('\n  ')},`),
    ');',
  ];
}
