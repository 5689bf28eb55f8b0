/**
 * DescribeRegions.
 *
 * Source   EC2 API reference. Assumed: the Regions of the model's table and that of the caller.
 */
import type { DescribeRegionsCommandInput, DescribeRegionsCommandOutput } from '@aws-sdk/client-ec2';
import { Regions } from '@holdfast/model';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { matching } from '../filters';

/** Source: General reference, "AWS service endpoints": those that need no opt-in. */
const REGIONS = [
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'sa-east-1'],
  ...['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
  ...['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2'],
];

export function describeRegions(
  _state: WorldState,
  caller: Caller,
  { RegionNames: names = [], AllRegions: all = false, Filters }: DescribeRegionsCommandInput,
): Omit<DescribeRegionsCommandOutput, '$metadata'> {
  const known = caller.partition === 'aws' ? [...REGIONS, ...(all ? Regions.optIn() : [])] : [];
  const shown = [...new Set([...known, caller.region])].sort().map((region) => ({
    RegionName: region,
    Endpoint: `ec2.${region}.amazonaws.com`,
    OptInStatus: Regions.isOptIn(region) ? 'not-opted-in' : 'opt-in-not-required',
  }));
  const found = matching(shown, Filters, (region) => ({
    'region-name': region.RegionName,
    endpoint: region.Endpoint,
    'opt-in-status': region.OptInStatus,
  }));
  return { Regions: found.filter(({ RegionName }) => names.length === 0 || names.includes(RegionName)) };
}
