/**
 * CreateSubnet.
 *
 * Source   EC2 API reference: InvalidSubnet.Range outside the VPC, InvalidSubnet.Conflict with another. IPv6 is not modelled.
 * Assumed  The first zone is the one of those who name none.
 */
import type { CreateSubnetCommandInput, CreateSubnetCommandOutput } from '@aws-sdk/client-ec2';
import { zonesOf } from '../../domain/networks';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { holds, overlap, tryParseBlock } from '../cidr';
import { checkZone, findVpc, networkOf, zoneId } from '../ec2-network';
import { specifiedTags } from '../ec2-tags';
import { AwsFault } from '../fault';
import { subnetShapes } from '../network-shapes';

export function createSubnet(
  state: WorldState,
  caller: Caller,
  input: CreateSubnetCommandInput,
): Omit<CreateSubnetCommandOutput, '$metadata'> {
  const vpc = findVpc(state, caller, input.VpcId);
  const [block, around] = [tryParseBlock(input.CidrBlock), tryParseBlock(vpc.cidrBlock)];
  if (block === undefined || around === undefined) {
    const why = `Value (${input.CidrBlock ?? ''}) for parameter cidrBlock is invalid.`;
    throw new AwsFault('InvalidParameterValue', why);
  }
  if (block.prefix > 28 || !holds(around, block)) {
    throw new AwsFault('InvalidSubnet.Range', `The CIDR '${block.text}' is invalid.`);
  }
  const network = networkOf(state, caller);
  const others = [...network.subnets.values()].filter(({ vpcId }) => vpcId === vpc.id);
  if (others.some(({ cidrBlock }) => overlap(tryParseBlock(cidrBlock) ?? block, block))) {
    throw new AwsFault('InvalidSubnet.Conflict', `The CIDR '${block.text}' conflicts with another subnet`);
  }
  const zones = zonesOf(caller.region);
  const byId = zones.find((zone) => zoneId(caller.region, zone) === input.AvailabilityZoneId);
  const zone = checkZone(caller, input.AvailabilityZone ?? byId ?? input.AvailabilityZoneId ?? zones[0] ?? '');
  const tags = specifiedTags(input.TagSpecifications, 'subnet');
  const made = { vpcId: vpc.id, zone, cidrBlock: block.text, isDefault: false, publicAddresses: false, tags };
  const subnet = network.addSubnet(tags['Name'] ?? `${vpc.id} ${block.text}`, made);
  const [Subnet] = subnetShapes(state, caller, [subnet]);
  return { Subnet };
}
