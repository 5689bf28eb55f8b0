import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { DataAwsPartition } from '@cdktf/provider-aws/lib/data-aws-partition';
import { DataAwsRegion } from '@cdktf/provider-aws/lib/data-aws-region';
import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { environmentOf } from './environment';
import { SYNTH } from './token-values';

/**
 * The partition of a provider as text that Terraform can render: as its Region says, else by a data source, which makes no
 * call to AWS.
 *
 * @param scope gets the data source, once, under the id `Partition`
 */
export function partitionOf(scope: Construct, provider?: TerraformProvider): string {
  const { partition } = environmentOf(scope, provider);
  return SYNTH.known(partition)
    ? partition
    : once(scope, 'Partition', () => new DataAwsPartition(scope, 'Partition', { provider })).partition;
}

/**
 * The Region of a provider as text that Terraform can render: as the provider says, a reference too, else by a data source,
 * which makes no call to AWS.
 *
 * @param scope gets the data source, once, under the id `Region`
 */
export function regionOf(scope: Construct, provider?: TerraformProvider): string {
  const { region } = environmentOf(scope, provider);
  // `id` is the name in version 5 and in version 6 of the AWS provider, `name` is deprecated in the latter.
  return SYNTH.known(region)
    ? region
    : once(scope, 'Region', () => new DataAwsRegion(scope, 'Region', { provider })).id;
}

/**
 * The account of a provider as text that Terraform can render: the only one of its `allowedAccountIds`, else by a data source,
 * which asks AWS who calls.
 *
 * @param scope gets the data source, once, under the id `Caller`
 */
export function accountOf(scope: Construct, provider?: TerraformProvider): string {
  const { account } = environmentOf(scope, provider);
  return SYNTH.known(account)
    ? account
    : once(scope, 'Caller', () => new DataAwsCallerIdentity(scope, 'Caller', { provider })).accountId;
}

function once<T>(scope: Construct, id: string, make: () => T): T {
  return (scope.node.tryFindChild(id) as T | undefined) ?? make();
}
