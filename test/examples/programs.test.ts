import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { buildEstate as buildCdk } from '../../examples/estate-cdk/estate';
import { buildEstate as buildCdktf } from '../../examples/estate-cdktf/estate';
import { buildEstate as buildFirst } from '../../examples/first/estate';
import { DiskFiles } from '../../engine/src/host/files';
import { readArtifacts } from '../../engine/src/ingest/read-artifacts';
import { Simulation } from '../../engine/src/report/simulation';
import { cli } from '../engine/cli/run-cli';
import { exercised, skipped, testWith } from '../support/programs';
import { ROOT } from '../support/sources';
import { synthCdk, synthCdktf, temporaryFolder } from '../support/synth';
import { findTerraform, isAbsent, runTerraform } from '../support/terraform';
import { appliedState } from './applied-state';

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

/** Writes what `terraform show -json` prints of a plan or a state, and returns where. */
function show(folder: string, file: string, what: string): string {
  fs.writeFileSync(file, accepted(folder, 'show', '-json', what));
  return file;
}

/** The account that the example names; `offline` takes it out of the provider. */
const ACCOUNT = '111122223333';

/** What 400 days of the ledger come to, from whatever artifacts declare it. */
async function simulated(...artifacts: string[]): Promise<Simulation> {
  const inventory = path.join(ROOT, 'examples', 'inventory.yaml');
  const flags = ['--days', '400', '--inventory', inventory, '--account', ACCOUNT, '--format', 'json'];
  const { code, stdout, stderr } = await cli(['simulate', ...artifacts, ...flags]);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Simulation;
}

testWithTerraform(
  'terraform with the real AWS provider accepts examples/estate-cdktf, and its plan and its state run to the digest of cdktf.out and cdk.out',
  async () => {
    const made = synthCdktf(buildCdktf);
    const cdk = await simulated(synthCdk(buildCdk));
    expect((await simulated(made)).digest).toBe(cdk.digest);
    const shown = temporaryFolder('shown-plans');
    const folders = ['LedgerCopy', 'Ledger'].map((stack) => path.join(made, 'stacks', stack));
    const plans = folders.map((folder) => {
      offline(folder);
      accepted(folder, 'init', '-input=false');
      accepted(folder, 'validate');
      accepted(folder, 'plan', '-input=false', '-out=plan');
      return show(folder, path.join(shown, `${path.basename(folder)}-plan.json`), 'plan');
    });
    const env = { partition: 'aws', account: ACCOUNT, region: 'us-east-1' };
    const { estate } = readArtifacts(plans, { env, parameters: {}, values: {} }, new DiskFiles());
    const states = folders.map((folder, index) => {
      const plan = plans[index] as string;
      const state = appliedState(fs.readFileSync(plan, 'utf8'), estate, plan);
      fs.writeFileSync(path.join(folder, 'applied.tfstate'), JSON.stringify(state));
      return show(folder, path.join(shown, `${path.basename(folder)}-state.json`), 'applied.tfstate');
    });
    expect((await simulated(...plans)).digest).toBe(cdk.digest);
    // To Terraform the rules of a plan are a set: a state lists them in another order, which the digest does not tell.
    expect((await simulated(...states)).digest).toBe(cdk.digest);
    exercised('terraform', 'init, validate, plan and show -json of examples/estate-cdktf');
  },
  SLOW,
);
