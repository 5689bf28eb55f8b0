import { cdk, javascript, JsonFile, Project, typescript } from 'projen';

/** One version for all four packages: they move in lock-step. */
const VERSION = '0.1.0';
const REPOSITORY = 'https://github.com/holdfast-backup/holdfast.git';
const CONSTRUCTS = '10.7.2';
const JSII = '6.0.16';
const TYPESCRIPT = '~6.0.3';

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
    include: ['test/**/*.ts', 'examples/**/*.ts', 'bench/**/*.ts', 'projenrc/**/*.ts', '.projenrc.ts'],
  },
  devDeps: [
    'projen@0.103.25',
    'ts-node',
    `jsii@${JSII}`,
    'jsii-pacmak@1.140.0',
    'jsii-diff@1.134.0',
    'jsii-rosetta@6.0.16',
    'jest@30.5.2',
    '@types/jest@^30',
    '@swc/core@1.16.18',
    '@swc/jest@0.2.39',
    '@types/node@^20',
    'eslint@9.39.5',
    'typescript-eslint@8.73',
    'eslint-plugin-import',
    'eslint-import-resolver-typescript',
    'fast-check@4.10.2',
    'cronosjs@1.7.1',
    `constructs@${CONSTRUCTS}`,
    'aws-cdk-lib@2.276.0',
    'cdktf@0.21.0',
    '@cdktf/provider-aws@20.1.0',
    'cdktf-provider-aws-21@npm:@cdktf/provider-aws@21.22.1',
    'ajv@8.20.0',
  ],
});
const everyProject: Project[] = [root];

root.package.addField('private', true);
root.package.addField('workspaces', ['model', 'lib', 'provider', 'engine']);
// Platform packages of 1.13 are missing on the registry, which breaks `npm ci`.
root.package.addField('overrides', { 'unrs-resolver': '1.12.2' });
root.package.addVersion(VERSION);
root.npmrc.addConfig('omit-lockfile-registry-resolved', 'true');
root.npmrc.addConfig('fund', 'false');
root.npmrc.addConfig('audit', 'false');
root.npmrc.addConfig('update-notifier', 'false');

// Tests run from the sources: nothing has to be compiled first.
new JsonFile(root, 'jest.config.json', {
  marker: true,
  allowComments: false,
  obj: {
    testEnvironment: 'node',
    roots: ['<rootDir>/test'],
    testMatch: ['**/*.test.ts'],
    transform: {
      '^.+\\.ts$': [
        '@swc/jest',
        { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' }, sourceMaps: 'inline' },
      ],
    },
    moduleNameMapper: {
      '^@holdfast/model$': '<rootDir>/model/src/index.ts',
      '^@holdfast/cdk$': '<rootDir>/lib/src/index.ts',
      '^@holdfast/cdktf$': '<rootDir>/provider/src/index.ts',
      '^@holdfast/engine$': '<rootDir>/engine/src/index.ts',
    },
    modulePathIgnorePatterns: ['<rootDir>/.*/build/', '<rootDir>/.*/dist/'],
    setupFiles: ['<rootDir>/test/setup.ts'],
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
    publishToPypi: { distName: `holdfast-${member.folder === 'model' ? 'model' : member.module}`, module: `holdfast_${member.module}` },
    publishToMaven: {
      javaPackage: `io.github.holdfast.${member.java}`,
      mavenGroupId: 'io.github.holdfast',
      mavenArtifactId: `holdfast-${member.java}`,
    },
    publishToNuget: { dotNetNamespace: `Holdfast.${member.dotnet}`, packageId: `Holdfast.${member.dotnet}` },
    publishToGo: { moduleName: `github.com/holdfast-backup/holdfast-go`, packageName: `holdfast${member.module}` },
    excludeTypescript: ['build', 'test'],
  });
  workspaceMember(project);
  project.compileTask.reset('jsii --silence-warnings=reserved-word --fail-on-warnings');
  project.compileTask.env('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '1');
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
  peerDeps: ['aws-cdk-lib@^2.276.0', 'constructs@^10.5.0', `@holdfast/model@^${VERSION}`],
  devDeps: ['aws-cdk-lib@2.276.0', `constructs@${CONSTRUCTS}`],
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
    'constructs@^10.4.2',
    `@holdfast/model@^${VERSION}`,
  ],
  devDeps: ['cdktf@0.21.0', '@cdktf/provider-aws@20.1.0', `constructs@${CONSTRUCTS}`],
});

const engine = new typescript.TypeScriptProject({
  ...COMMON,
  outdir: 'engine',
  name: '@holdfast/engine',
  description: 'Runs AWS Backup declarations on a virtual clock; check, simulate and explain them before AWS does',
  keywords: ['aws', 'backup', 'emulator', 'simulation'],
  bin: { holdfast: 'bin/holdfast.js' },
  deps: [`@holdfast/model@^${VERSION}`, 'commander@^14', 'cli-progress@^3.12.0', 'cli-table3@^0.6.5', 'yaml@^2.9.1', '@aws-sdk/client-backup@3.1092.0'],
  devDeps: ['@types/cli-progress', '@types/node@^20'],
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
      rootDir: 'src',
      outDir: 'build',
      types: ['node'],
    },
    include: ['src/**/*.ts'],
  },
});
workspaceMember(engine);
engine.package.addField('author', 'The Holdfast authors');
engine.package.addField('repository', { type: 'git', url: REPOSITORY, directory: 'engine' });

root.synth();
