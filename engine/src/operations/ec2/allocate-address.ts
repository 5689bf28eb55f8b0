/**
 * AllocateAddress.
 *
 * Source   EC2 API reference: AddressLimitExceeded.
 * Assumed  The addresses themselves, out of the blocks for documentation (RFC 5737); an account has as many as those hold.
 */
import type { AllocateAddressCommandInput, AllocateAddressCommandOutput } from '@aws-sdk/client-ec2';
import { generatedHex } from '../../domain/generated-ids';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { networkOf } from '../ec2-network';
import { specifiedTags } from '../ec2-tags';
import { AwsFault } from '../fault';
import { environmentOf } from '../stateful';

const BLOCKS = ['192.0.2', '198.51.100', '203.0.113'];
const ALL = BLOCKS.flatMap((block) => Array.from({ length: 254 }, (_, index) => `${block}.${index + 1}`));

export function allocateAddress(
  state: WorldState,
  caller: Caller,
  input: AllocateAddressCommandInput,
): Omit<AllocateAddressCommandOutput, '$metadata'> {
  const network = networkOf(state, caller);
  const taken = new Set([...network.addresses.values()].map(({ publicIp }) => publicIp));
  const tags = specifiedTags(input.TagSpecifications, 'elastic-ip');
  const id = network.id('eipalloc', tags['Name'] ?? 'address');
  const drawn = parseInt(generatedHex('public-address', environmentOf(caller), id, 4), 16) % ALL.length;
  const publicIp = [...ALL.slice(drawn), ...ALL.slice(0, drawn)].find((address) => !taken.has(address));
  if (publicIp === undefined) {
    throw new AwsFault('AddressLimitExceeded', 'The maximum number of addresses has been reached.');
  }
  network.addresses.set(id, { id, publicIp, tags });
  const place = { PublicIpv4Pool: 'amazon', NetworkBorderGroup: caller.region };
  return { AllocationId: id, PublicIp: publicIp, Domain: 'vpc', ...place };
}
