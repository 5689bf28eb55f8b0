/**
 * CreateNatGateway.
 *
 * Source   EC2 API reference. It is available at once (Assumed).
 */
import type { CreateNatGatewayCommandInput, CreateNatGatewayCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findAddress, findNatGateway, findSubnet, networkOf, privateAddress } from '../ec2-network';
import { specifiedTags } from '../ec2-tags';
import { AwsFault } from '../fault';
import { addressShape, natGatewayShape } from '../network-shapes';
import { ec2Mismatch, madeOnce } from '../repeated-calls';

export function createNatGateway(
  state: WorldState,
  caller: Caller,
  input: CreateNatGatewayCommandInput,
): Omit<CreateNatGatewayCommandOutput, '$metadata'> {
  const call = { operation: 'CreateNatGateway', token: input.ClientToken, input, mismatch: ec2Mismatch };
  const [id = ''] = madeOnce(state, caller, call, () => [makeNatGateway(state, caller, input)]);
  const gateway = natGatewayShape(state, caller, findNatGateway(state, caller, id));
  return given({ NatGateway: gateway, ClientToken: input.ClientToken });
}

/** The id of a gateway that is there from now on. */
function makeNatGateway(state: WorldState, caller: Caller, input: CreateNatGatewayCommandInput): string {
  const subnet = findSubnet(state, caller, input.SubnetId);
  const { ConnectivityType: connectivity = 'public', AllocationId: allocationId, PrivateIpAddress: asked } = input;
  if (connectivity === 'public') {
    if (allocationId === undefined) {
      throw new AwsFault(
        'MissingParameter',
        'The request must include the AllocationId parameter. Add it and try again.',
      );
    }
    const address = findAddress(state, caller, allocationId);
    if (addressShape(state, caller, address).AssociationId !== undefined) {
      throw new AwsFault('InvalidIPAddress.InUse', `Address ${address.publicIp} is in use.`);
    }
  }
  const network = networkOf(state, caller);
  const tags = specifiedTags(input.TagSpecifications, 'natgateway');
  const id = network.id('nat', tags['Name'] ?? subnet.id);
  const privateIp = asked ?? privateAddress(caller, id, subnet.cidrBlock);
  const { id: subnetId, vpcId } = subnet;
  const made = { id, subnetId, vpcId, connectivity, allocationId, privateIp, tags };
  network.natGateways.set(id, { ...made, createdAt: state.now, deletedAt: undefined });
  return id;
}
