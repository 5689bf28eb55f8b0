import * as fs from 'node:fs';
import * as path from 'node:path';
import { TerraformStack } from 'cdktf';
import { everything } from './support/everything';
import { PROVIDER } from './support/package';
import { exercised, skipped } from '../support/programs';
import { synthCdktf } from '../support/synth';
import { findTerraform, isAbsent, PROVIDER_VERSION, runTerraform } from '../support/terraform';

const programs = findTerraform();
if (isAbsent(programs)) {
  skipped('terraform', programs.reason);
}
const withTerraform = isAbsent(programs) ? test.skip : test;

/** Runs terraform and gives what it says; fails with its words when it does not end well. */
function terraform(folder: string, ...args: string[]): string {
  const { status, stdout, stderr } = runTerraform(folder, args);
  expect({ args, status, stderr: status === 0 ? '' : `${stdout}${stderr}` }).toEqual({ args, status: 0, stderr: '' });
  return stdout;
}

/** What is written for a newer AWS provider is held against the one that is here. */
function relaxed(stack: TerraformStack): void {
  stack.addOverride('terraform.required_providers.aws.version', PROVIDER_VERSION);
}

/** How many resources the configuration declares. */
function declared(folder: string): number {
  const { resource } = JSON.parse(fs.readFileSync(path.join(folder, 'cdk.tf.json'), 'utf8')) as {
    resource: Record<string, object>;
  };
  return Object.values(resource).reduce((sum, named) => sum + Object.keys(named).length, 0);
}

withTerraform(
  'is accepted by Terraform and the AWS provider, which plan it without a call to AWS',
  () => {
    const folder = path.join(
      synthCdktf((app) => relaxed(everything(app))),
      'stacks',
      'everything',
    );
    terraform(folder, 'init', '-input=false');
    expect(terraform(folder, 'validate')).toContain('The configuration is valid');
    // cdktf puts the state beside whoever synthesizes: the same test over the twin plans at the same time.
    const planned = terraform(folder, 'plan', '-input=false', '-lock=false');
    expect(planned).toContain(`Plan: ${declared(folder)} to add, 0 to change, 0 to destroy.`);
    exercised('terraform', `init, validate and plan of all constructs of ${PROVIDER}/`);
  },
  180_000,
);
