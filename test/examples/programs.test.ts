import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { buildEstate as buildCdk } from '../../examples/estate-cdk/estate';
import { buildEstate as buildCdktf } from '../../examples/estate-cdktf/estate';
import { buildEstate as buildFirst } from '../../examples/first/estate';
import { exercised, skipped, testWith } from '../support/programs';
import { synthCdk, synthCdktf } from '../support/synth';
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

(isAbsent(programs) ? test.skip : test)(
  'terraform init, validate and plan with the real AWS provider accept examples/estate-cdktf',
  () => {
    const made = synthCdktf(buildCdktf);
    for (const stack of ['LedgerCopy', 'Ledger']) {
      const folder = path.join(made, 'stacks', stack);
      offline(folder);
      for (const args of [['init', '-input=false'], ['validate'], ['plan', '-input=false']]) {
        const { status, stdout, stderr } = runTerraform(folder, args);
        expect({ stack, args, status, said: status === 0 ? '' : stdout + stderr }).toEqual({
          stack,
          args,
          status: 0,
          said: '',
        });
      }
    }
    exercised('terraform', 'init, validate and plan of examples/estate-cdktf');
  },
  SLOW,
);
