/**
 * AllocateAddress.
 *
 * Source   EC2 API reference.
 * Assumed  The address itself, drawn from a block for documentation (RFC 5737).
 */
import type { AllocateAddressCommandInput, AllocateAddressCommandOutput } from '@aws-sdk/client-ec2';
import { generatedHex } from '../../domain/generated-ids';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { networkOf } from '../ec2-network';
import { specifiedTags } from '../ec2-tags';
import { environmentOf } from '../stateful';

export function allocateAddress(
  state: WorldState,
  caller: Caller,
  input: AllocateAddressCommandInput,
): Omit<AllocateAddressCommandOutput, '$metadata'> {
  const network = networkOf(state, caller);
  const tags = specifiedTags(input.TagSpecifications, 'elastic-ip');
  const id = network.id('eipalloc', tags['Name'] ?? 'address');
  const drawn = parseInt(generatedHex('public-address', environmentOf(caller), id, 4), 16);
  const publicIp = `203.0.113.${1 + (drawn % 254)}`;
  network.addresses.set(id, { id, publicIp, tags });
  const place = { PublicIpv4Pool: 'amazon', NetworkBorderGroup: caller.region };
  return { AllocationId: id, PublicIp: publicIp, Domain: 'vpc', ...place };
}
