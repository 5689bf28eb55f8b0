/**
 * Contents that are state of the World itself, as its own API fills them.
 *
 * Pure: reads a World.
 * Spec     content.md
 */
import type { Resource } from '../../domain/protected-resources';
import { StoredObjects } from '../../domain/stored-objects';
import type { WorldState } from '../../domain/world-state';
import { BucketContent } from './bucket-content';
import type { Content, RestoreOrder } from './content';
import { tableContent } from './table-content';

/** A content that a resource of the World takes over. */
export interface RoomContent extends Content {
  /** The resource holds this from now on. */
  attach(resource: Resource, order: RestoreOrder): void;
}

/** How the World keeps what resources of a service hold. */
interface Room {
  /** Whether a resource has anything that a backup would capture. */
  holds(state: WorldState, resource: Resource): boolean;
  /** Whether it is as large as what it holds, rather than as somebody said. */
  measures(state: WorldState, resource: Resource): boolean;
  /** What it holds; that of one that is gone, or has nothing, restores what its points hold. */
  contentOf(state: WorldState, resource: Resource): RoomContent | undefined;
}

const TABLES: Room = {
  holds: ({ tableItems }, resource) => tableItems.everHeld(resource),
  measures: () => true,
  contentOf: tableContent,
};

const BUCKETS: Room = {
  holds: ({ buckets }, { arn }) => buckets.tryStanding(arn)?.objects.isEmpty === false,
  measures: ({ buckets }, { arn, declaration }) => buckets.tryStanding(arn)?.measuredGiB === declaration.sizeGiB,
  contentOf: ({ buckets }, { arn }) =>
    new BucketContent(buckets.tryStanding(arn) ?? { objects: new StoredObjects() }, buckets),
};

/** By the service's id in model's table of service support. */
const ROOMS: Readonly<Record<string, Room>> = {
  dynamodb: TABLES,
  'dynamodb-advanced': TABLES,
  s3: BUCKETS,
};

/** Undefined where the resource holds nothing, or is of a service whose content is no state of the World. */
export function roomContent(state: WorldState, resource: Resource): RoomContent | undefined {
  const room = ROOMS[resource.service.id];
  return room?.holds(state, resource) === true ? room.contentOf(state, resource) : undefined;
}

/** What restores points of a resource, whatever it holds now. */
export function roomDriver(state: WorldState, resource: Resource): RoomContent | undefined {
  return ROOMS[resource.service.id]?.contentOf(state, resource);
}

export function measuredByRoom(state: WorldState, resource: Resource): boolean {
  return ROOMS[resource.service.id]?.measures(state, resource) === true;
}

export function holdsInRoom(state: WorldState, resource: Resource): boolean {
  return ROOMS[resource.service.id]?.holds(state, resource) === true;
}

export function isRoomContent(content: Content): content is RoomContent {
  return 'attach' in content;
}
