import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { buildEstate as buildCdk } from '../../examples/estate-cdk/estate';
import { buildEstate as buildCdktf } from '../../examples/estate-cdktf/estate';
import { buildEstate as buildFirst } from '../../examples/first/estate';
import { cli } from '../engine/cli/run-cli';
import { exercised, skipped, testWith } from '../support/programs';
import { ROOT } from '../support/sources';
import { synthCdk, synthCdktf, temporaryFolder } from '../support/synth';
import { findTerraform, isAbsent, runTerraform } from '../support/terraform';

const SLOW = 180_000;

testWith('cfn-lint', 'cfn-lint').each([
  ['estate-cdk', buildCdk],
  ['first', buildFirst],
])(
  'cfn-lint finds nothing wrong in what examples/%s renders',
  (folder, build) => {
    const made = synthCdk(build);
    for (const template of fs.readdirSync(made).filter((name) => name.endsWith('.template.json'))) {
      // W3010: the example names its zones, so that nothing is looked up in an account.
      const args = ['--ignore-checks', 'W3010', '--', path.join(made, template)];
      const { status, stdout } = spawnSync('cfn-lint', args, { encoding: 'utf8' });
      expect({ template, status, stdout }).toEqual({ template, status: 0, stdout: '' });
    }
    exercised('cfn-lint', `examples/${folder}`);
  },
  SLOW,
);

/** Keeps the AWS provider from asking who calls it: the example names its account, the test has none. */
function offline(folder: string): void {
  const file = path.join(folder, 'cdk.tf.json');
  const stack = JSON.parse(fs.readFileSync(file, 'utf8')) as { provider: { aws: Record<string, unknown>[] } };
  for (const aws of stack.provider.aws) {
    delete aws.allowed_account_ids;
    Object.assign(aws, {
      skip_credentials_validation: true,
      skip_requesting_account_id: true,
      skip_metadata_api_check: true,
    });
  }
  fs.writeFileSync(file, JSON.stringify(stack));
}

const programs = findTerraform();
if (isAbsent(programs)) {
  skipped('terraform', programs.reason);
}

const testWithTerraform = isAbsent(programs) ? test.skip : test;

/** Runs terraform, and fails with all that it said when it does. */
function accepted(folder: string, ...args: string[]): string {
  const { status, stdout, stderr } = runTerraform(folder, args);
  const stack = path.basename(folder);
  const said = status === 0 ? '' : stdout + stderr;
  expect({ stack, args, status, said }).toEqual({ stack, args, status: 0, said: '' });
  return stdout;
}

/** What 400 days of the ledger come to, from whatever artifacts declare it. */
async function digestOf(...artifacts: string[]): Promise<string> {
  const inventory = path.join(ROOT, 'examples', 'inventory.yaml');
  // The account that the example names; `offline` takes it out of the provider.
  const flags = ['--days', '400', '--inventory', inventory, '--account', '111122223333', '--format', 'json'];
  const { code, stdout, stderr } = await cli(['simulate', ...artifacts, ...flags]);
  expect([code, stderr]).toEqual([0, '']);
  return (JSON.parse(stdout) as { digest: string }).digest;
}

testWithTerraform(
  'terraform with the real AWS provider accepts examples/estate-cdktf, and its plan runs to the digest of cdktf.out and cdk.out',
  async () => {
    const made = synthCdktf(buildCdktf);
    const digests = { 'cdk.out': await digestOf(synthCdk(buildCdk)), 'cdktf.out': await digestOf(made), plans: '' };
    const shown = temporaryFolder('shown-plans');
    const plans = ['LedgerCopy', 'Ledger'].map((stack) => {
      const folder = path.join(made, 'stacks', stack);
      offline(folder);
      accepted(folder, 'init', '-input=false');
      accepted(folder, 'validate');
      accepted(folder, 'plan', '-input=false', '-out=plan');
      const file = path.join(shown, `${stack}.json`);
      fs.writeFileSync(file, accepted(folder, 'show', '-json', 'plan'));
      return file;
    });
    digests.plans = await digestOf(...plans);
    expect(new Set(Object.values(digests)).size === 1 ? [] : digests).toEqual([]);
    exercised('terraform', 'init, validate, plan and show -json of examples/estate-cdktf');
  },
  SLOW,
);
