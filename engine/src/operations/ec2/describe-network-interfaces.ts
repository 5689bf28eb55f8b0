/**
 * DescribeNetworkInterfaces.
 *
 * Source   EC2 API reference.
 */
import type {
  DescribeNetworkInterfacesCommandInput,
  DescribeNetworkInterfacesCommandOutput,
} from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { networkOf } from '../ec2-network';
import { AwsFault } from '../fault';
import { matching } from '../filters';
import { interfacesOf, interfaceShape } from '../network-interfaces';
import { pageOf } from '../page';

export function describeNetworkInterfaces(
  state: WorldState,
  caller: Caller,
  input: DescribeNetworkInterfacesCommandInput,
): Omit<DescribeNetworkInterfacesCommandOutput, '$metadata'> {
  const { NetworkInterfaceIds: ids = [], Filters, MaxResults, NextToken } = input;
  const { subnets } = networkOf(state, caller);
  const all = interfacesOf(state, caller);
  const unknown = ids.find((id) => !all.some((one) => one.id === id));
  if (unknown !== undefined) {
    const why = `The networkInterface ID '${unknown}' does not exist`;
    throw new AwsFault('InvalidNetworkInterfaceID.NotFound', why);
  }
  const found = matching(
    all.filter(({ id }) => ids.length === 0 || ids.includes(id)),
    Filters,
    (one) => ({
      'network-interface-id': one.id,
      'subnet-id': one.subnetId,
      'vpc-id': subnets.get(one.subnetId)?.vpcId,
      'availability-zone': subnets.get(one.subnetId)?.zone,
      'group-id': one.groupIds,
      'attachment.instance-id': one.instanceId,
      'interface-type': one.type,
      'private-ip-address': one.privateIp,
      'addresses.private-ip-address': one.privateIp,
      description: one.description,
      status: 'in-use',
      'requester-id': undefined,
      'attachment.instance-owner-id': one.instanceId && caller.account,
      'attachment.attachment-id': undefined,
    }),
    () => ({}),
  );
  const page = pageOf(found, MaxResults, NextToken, {
    service: 'ec2',
    operation: 'DescribeNetworkInterfaces',
    keyOf: ({ id }) => id,
  });
  const shapes = page.items.map((one) => interfaceShape(state, caller, one));
  return given({ NetworkInterfaces: shapes, NextToken: page.nextToken });
}
