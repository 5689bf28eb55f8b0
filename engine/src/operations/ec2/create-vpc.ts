/**
 * CreateVpc.
 *
 * Source   EC2 API reference: a /16 to a /28. IPv6 and IPAM are not modelled.
 */
import type { CreateVpcCommandInput, CreateVpcCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { tryParseBlock } from '../cidr';
import { networkOf } from '../ec2-network';
import { specifiedTags } from '../ec2-tags';
import { AwsFault } from '../fault';
import { vpcShape } from '../network-shapes';

export function createVpc(
  state: WorldState,
  caller: Caller,
  input: CreateVpcCommandInput,
): Omit<CreateVpcCommandOutput, '$metadata'> {
  const { CidrBlock: asked, InstanceTenancy: tenancy = 'default' } = input;
  if (
    input.Ipv4IpamPoolId !== undefined ||
    input.AmazonProvidedIpv6CidrBlock === true ||
    input.Ipv6Pool !== undefined
  ) {
    throw new AwsFault('NotEmulated', 'ec2: addresses of IPv6 and of IPAM are not emulated');
  }
  const block = tryParseBlock(asked);
  if (block === undefined) {
    throw new AwsFault('InvalidParameterValue', `Value (${asked ?? ''}) for parameter cidrBlock is invalid.`);
  }
  if (block.prefix < 16 || block.prefix > 28) {
    throw new AwsFault('InvalidVpc.Range', `The CIDR '${block.text}' is invalid.`);
  }
  const tags = specifiedTags(input.TagSpecifications, 'vpc');
  const network = networkOf(state, caller);
  const vpc = network.addVpc(tags['Name'] ?? 'vpc', { cidrBlock: block.text, isDefault: false, tenancy, tags });
  return { Vpc: vpcShape(caller, vpc) };
}
