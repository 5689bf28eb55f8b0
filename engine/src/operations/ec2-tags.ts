/**
 * Tags of what EC2 has: instances, volumes, snapshots, images, networks.
 *
 * Pure: reads the World; what is found puts its own tags.
 * Source   EC2 API reference: CreateTags, DeleteTags, DescribeTags.
 */
import type { TagSpecification } from '@aws-sdk/client-ec2';
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';
import { findInstance, INSTANCE } from './ec2-instances';
import { networkOf } from './ec2-network';
import { findSnapshot, imagesOf, snapshotsOf } from './ec2-snapshots';
import { findVolume, VOLUME } from './ec2-volumes';
import { AwsFault } from './fault';
import type { ServicePoint } from './service-points';
import { changeResource, lastOf, resourcesOf, tagMap, type TagMap, tagsOf } from './stateful';
import type { Resource } from '../domain/protected-resources';

/** What of a network has tags. */
type NetworkType =
  | 'elastic-ip'
  | 'internet-gateway'
  | 'natgateway'
  | 'route-table'
  | 'security-group'
  | 'security-group-rule'
  | 'subnet'
  | 'vpc';

export interface Ec2Tagged {
  readonly id: string;
  /** EC2's word, e.g. `volume`. */
  readonly type: 'image' | 'instance' | 'snapshot' | 'volume' | NetworkType;
  readonly tags: TagMap;
  put(tags: TagMap): void;
}

/** Everything of the caller's that has an id and tags. */
export function ec2Tagged(state: WorldState, caller: Caller): Ec2Tagged[] {
  return [
    ...resourcesOf(state, caller, INSTANCE).map((one) => ofResource(state, 'instance', one)),
    ...resourcesOf(state, caller, VOLUME).map((one) => ofResource(state, 'volume', one)),
    ...snapshotsOf(state, caller).map((one): Ec2Tagged => ofSnapshot(state, one)),
    ...imagesOf(state, caller).flatMap(({ point }) => (point === undefined ? [] : [ofPoint(state, 'image', point)])),
    ...ofNetwork(state, caller),
  ];
}

function ofNetwork(state: WorldState, caller: Caller): Ec2Tagged[] {
  const { vpcs, subnets, routeTables, securityGroups, internetGateways, natGateways, addresses } = networkOf(
    state,
    caller,
  );
  const of = (type: NetworkType, things: Iterable<{ readonly id: string; tags: TagMap }>): Ec2Tagged[] =>
    [...things].map((thing) => ({
      id: thing.id,
      type,
      tags: thing.tags,
      put: (next) => {
        thing.tags = next;
      },
    }));
  return [
    ...of('vpc', vpcs.values()),
    ...of('subnet', subnets.values()),
    ...of('route-table', routeTables.values()),
    ...of('security-group', securityGroups.values()),
    ...[...securityGroups.values()].flatMap(({ rules }) => of('security-group-rule', rules.values())),
    ...of('internet-gateway', internetGateways.values()),
    ...of('natgateway', natGateways.values()),
    ...of('elastic-ip', addresses.values()),
  ];
}

export function findEc2Tagged(state: WorldState, caller: Caller, id: string): Ec2Tagged {
  switch (/^[a-z]+-/.exec(id)?.[0]) {
    case 'i-':
      return ofResource(state, 'instance', findInstance(state, caller, id));
    case 'vol-':
      return ofResource(state, 'volume', findVolume(state, caller, id));
    case 'snap-':
      return ofSnapshot(state, findSnapshot(state, caller, id));
    case 'ami-': {
      const image = imagesOf(state, caller).find(({ shape }) => shape.ImageId === id);
      if (image?.point === undefined) {
        throw new AwsFault('InvalidAMIID.NotFound', `The image id '[${id}]' does not exist`);
      }
      return ofPoint(state, 'image', image.point);
    }
    default: {
      const found = ofNetwork(state, caller).find((one) => one.id === id);
      if (found === undefined) {
        throw new AwsFault('InvalidID', `The ID '${id}' is not valid`);
      }
      return found;
    }
  }
}

/** The tags that a request gives to new things of a type. */
export function specifiedTags(
  specifications: readonly TagSpecification[] | undefined,
  type: Ec2Tagged['type'],
): TagMap {
  return tagMap(specifications?.filter(({ ResourceType }) => ResourceType === type).flatMap(({ Tags }) => Tags ?? []));
}

function ofResource(state: WorldState, type: Ec2Tagged['type'], resource: Resource): Ec2Tagged {
  return {
    id: lastOf(resource.arn),
    type,
    tags: tagsOf(resource),
    put: (tags) => changeResource(state, resource, { tags: { ...tags } }),
  };
}

function ofSnapshot(state: WorldState, { id, tags, made, point }: ReturnType<typeof findSnapshot>): Ec2Tagged {
  if (point !== undefined) {
    return ofPoint(state, 'snapshot', point);
  }
  return {
    id,
    type: 'snapshot',
    tags,
    put: (next) => {
      if (made !== undefined) {
        made.tags = next;
      }
    },
  };
}

/** Tags of a snapshot of AWS Backup are those of the recovery point. */
function ofPoint(state: WorldState, type: Ec2Tagged['type'], { arn, tags }: ServicePoint): Ec2Tagged {
  return { id: lastOf(arn), type, tags, put: (next) => state.ledger.changedTags.put(arn, next) };
}
