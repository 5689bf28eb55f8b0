/**
 * Contents that are state of the World itself, as its own API fills them: what backups capture of them, while there is any.
 *
 * Pure: reads a World.
 */
import type { Resource } from '../../domain/protected-resources';
import type { WorldState } from '../../domain/world-state';
import type { Content } from './content';
import { tableContent } from './table-content';

/** A content that a resource of the World takes over as it is. */
export interface RoomContent extends Content {
  /** The resource holds this from now on. */
  attach(resource: Resource): void;
}

/** Answers undefined where the resource holds nothing, or is of a service whose content is no state of the World. */
type Room = (state: WorldState, resource: Resource) => RoomContent | undefined;

const ROOMS: Readonly<Record<string, Room>> = { dynamodb: tableContent, 'dynamodb-advanced': tableContent };

export function roomContent(state: WorldState, resource: Resource): RoomContent | undefined {
  return ROOMS[resource.service.id]?.(state, resource);
}

export function isRoomContent(content: Content): content is RoomContent {
  return 'attach' in content;
}
