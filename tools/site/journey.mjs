// The pages of the site in the order of a reader's journey. What is not named here, and is Markdown of
// these folders, is found by itself (`FOUND`): a new decision or spec needs no line.

/** Sections of the side bar; each page is a file of the repository and the words that lead to it. */
export const JOURNEY = [
  {
    section: 'Start',
    pages: [
      ['README.md', 'What it is'],
      ['engine/README.md', 'Check what you have'],
      ['docs/one-rule.md', 'The story of one rule'],
      ['docs/glossary.md', 'Words'],
    ],
  },
  {
    section: 'Declare',
    pages: [
      ['lib/README.md', 'AWS CDK'],
      ['provider/README.md', 'Terraform CDK'],
      ['provider-cdktn/README.md', 'CDK Terrain'],
      ['nag/README.md', 'cdk-nag'],
      ['model/README.md', 'Declarations and rules'],
      ['docs/guardrails.md', 'Guardrails'],
      ['docs/compliance.md', 'Standards'],
      ['docs/audit-controls.md', 'Audit controls'],
    ],
  },
  {
    section: 'Run it before AWS does',
    pages: [
      ['docs/report.md', 'The report'],
      ['docs/content.md', 'Resources that hold something'],
      ['docs/evidence.md', 'Evidence for standards'],
      ['docs/cost.md', 'What it costs'],
      ['docs/serve.md', 'Serve: answer as AWS'],
      ['docs/credentials.md', 'Who may come in'],
      ['docs/inventory.md', 'The account you have'],
      ['docs/ci.md', 'Checks in CI'],
    ],
  },
  {
    section: 'Examples',
    pages: [
      ['examples/three-accounts/README.md', 'Three accounts'],
      ['examples/company-package/README.md', "A company's package"],
      ['examples/hcl-module/README.md', 'A module in HCL'],
    ],
  },
  {
    section: 'Reference',
    pages: [
      ['docs/rules.md', 'Rules'],
      ['docs/facts.md', 'Facts about AWS Backup'],
      ['docs/fidelity.md', 'Fidelity'],
      ['docs/operations.md', 'Operations of the endpoint'],
      ['docs/cloudformation.md', 'What is read from CloudFormation'],
      ['docs/terraform.md', 'What is read from Terraform'],
    ],
  },
  {
    section: 'How it is made',
    pages: [
      ['CONTRIBUTING.md', 'Where a change goes'],
      ['docs/design.md', 'The design'],
      ['docs/simulation.md', 'Random Worlds'],
      ['docs/mutation.md', 'Mutants'],
    ],
  },
];

/** Folders whose Markdown makes a section each, in the order of the files' names. */
export const FOUND = [
  { section: 'Specs of the engine', folder: 'engine/src/domain' },
  { section: 'Specs of content', folder: 'engine/src/host/content' },
  { section: 'Decisions', folder: 'docs/decisions' },
  { section: 'Measurements', folder: 'bench' },
];

/** Packages whose API pages are generated, and what their entry is. */
export const PACKAGES = [
  { folder: 'model', name: '@holdfast/model', entries: ['src/index.ts'] },
  { folder: 'lib', name: '@holdfast/cdk', entries: ['src/index.ts'] },
  { folder: 'provider', name: '@holdfast/cdktf', entries: ['src/index.ts'] },
  { folder: 'engine', name: '@holdfast/engine', entries: ['src/index.ts', 'src/testing/jest.ts'] },
];
