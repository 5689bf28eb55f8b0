/**
 * DescribeAvailabilityZones.
 *
 * Source   EC2 API reference.
 */
import type {
  DescribeAvailabilityZonesCommandInput,
  DescribeAvailabilityZonesCommandOutput,
} from '@aws-sdk/client-ec2';
import { zonesOf } from '../../domain/networks';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { checkZone, zoneId } from '../ec2-network';
import { matching } from '../filters';

export function describeAvailabilityZones(
  _state: WorldState,
  caller: Caller,
  { ZoneNames: names = [], Filters }: DescribeAvailabilityZonesCommandInput,
): Omit<DescribeAvailabilityZonesCommandOutput, '$metadata'> {
  for (const name of names) {
    checkZone(caller, name);
  }
  const all = zonesOf(caller.region).map((zone) => ({
    ZoneName: zone,
    ZoneId: zoneId(caller.region, zone),
    RegionName: caller.region,
    State: 'available' as const,
    OptInStatus: 'opt-in-not-required' as const,
    ZoneType: 'availability-zone',
    GroupName: caller.region,
    NetworkBorderGroup: caller.region,
    Messages: [],
  }));
  const zones = matching(all, Filters, (zone) => ({
    'zone-name': zone.ZoneName,
    'zone-id': zone.ZoneId,
    'region-name': zone.RegionName,
    'zone-type': zone.ZoneType,
    'opt-in-status': zone.OptInStatus,
    'group-name': zone.GroupName,
    state: zone.State,
  }));
  return { AvailabilityZones: zones.filter(({ ZoneName }) => names.length === 0 || names.includes(ZoneName)) };
}
