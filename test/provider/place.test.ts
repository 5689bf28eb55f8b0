import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformOutput, TerraformStack, Testing } from 'cdktf';
import * as path from 'node:path';
import { accountOf, partitionOf, regionOf } from '../../provider/src/private/place';
import { skipped } from '../support/programs';
import { synthCdktf } from '../support/synth';
import { findTerraform, isAbsent, PROVIDER_VERSION, runTerraform } from '../support/terraform';
import { offline } from './support/everything';
import { resolve, stackOf, synth } from './support/stacks';

const programs = findTerraform();
if (isAbsent(programs)) {
  skipped('terraform', programs.reason);
}
const withTerraform = isAbsent(programs) ? test.skip : test;

test('partition, Region and account are those that the provider names', () => {
  const stack = stackOf();
  const place = [partitionOf(stack), regionOf(stack), accountOf(stack)];
  expect(place).toEqual(['aws', 'eu-central-1', '111122223333']);
  expect(synth(stack).data).toBeUndefined();
});

test('what the provider does not name comes from data sources, one of each', () => {
  const stack = new TerraformStack(Testing.app(), 'S');
  new AwsProvider(stack, 'Aws', {});
  const twice = [1, 2].map(() => resolve(stack, [partitionOf(stack), regionOf(stack), accountOf(stack)]));
  expect(twice[0]).toEqual([
    '${data.aws_partition.Partition.partition}',
    '${data.aws_region.Region.id}',
    '${data.aws_caller_identity.Caller.account_id}',
  ]);
  expect(twice[1]).toEqual(twice[0]);
});

withTerraform(
  'the data sources are planned by the real provider',
  () => {
    const folder = synthCdktf((app) => {
      const stack = new TerraformStack(app, 'place');
      offline(stack, 'eu-central-1');
      const west = offline(stack, 'eu-west-1', 'west');
      const value = `${accountOf(stack, west)}`;
      new TerraformOutput(stack, 'account', { value });
      stack.addOverride('terraform.required_providers.aws.version', PROVIDER_VERSION);
    });
    const stack = path.join(folder, 'stacks', 'place');
    expect(runTerraform(stack, ['init', '-input=false'])).toMatchObject({ status: 0 });
    expect(runTerraform(stack, ['plan', '-input=false', '-lock=false']).stdout).toContain('account = "111122223333"');
  },
  180_000,
);
