/**
 * DescribeVpcs.
 *
 * Source   EC2 API reference. The default VPC is the only one (Assumed).
 */
import type { DescribeVpcsCommandInput, DescribeVpcsCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { defaultVpc, findVpc } from '../ec2-network';
import { matching } from '../filters';

export function describeVpcs(
  _state: WorldState,
  caller: Caller,
  { VpcIds: ids = [], Filters }: DescribeVpcsCommandInput,
): Omit<DescribeVpcsCommandOutput, '$metadata'> {
  const asked = ids.length > 0 ? ids.map((id) => findVpc(caller, id)) : [defaultVpc(caller)];
  const found = matching(
    asked,
    Filters,
    (one) => ({
      'vpc-id': one.VpcId,
      cidr: one.CidrBlock,
      'is-default': String(one.IsDefault),
      isDefault: String(one.IsDefault),
      'owner-id': one.OwnerId,
      state: one.State,
    }),
    () => ({}),
  );
  return { Vpcs: found };
}
