/**
 * What RDS has tags of, by ARN: instances, clusters, members, snapshots, subnet groups.
 *
 * Pure: reads the World; what is found puts its own tags.
 * Source   API of RDS 2014-10-31: AddTagsToResource, RemoveTagsFromResource, ListTagsForResource.
 */
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';
import { findCluster, findDatabase } from './databases';
import { databaseSnapshots, findDatabaseSnapshot, type SnapshotKind } from './database-snapshots';
import { findSubnetGroup } from './database-subnets';
import { AwsFault } from './fault';
import type { TaggedByArn } from './tagged-resources';
import { changeResource, environmentOf, type TagMap, tagsOf } from './stateful';

/** Members, snapshots and subnet groups; instances and clusters are resources of the World. */
export function databaseTagged(state: WorldState, caller: Caller): TaggedByArn[] {
  const env = environmentOf(caller);
  const { members, subnetGroups } = state.services.databases;
  const kinds: SnapshotKind[] = ['snapshot', 'cluster-snapshot'];
  const snapshots = kinds.flatMap((kind) => databaseSnapshots(state, caller, kind));
  return [...members.list(env), ...subnetGroups.list(env), ...snapshots].map(({ arn }) =>
    findDatabaseTagged(state, caller, arn),
  );
}

export function findDatabaseTagged(state: WorldState, caller: Caller, arn: string | undefined): TaggedByArn {
  const [kind = '', ...rest] = (arn ?? '').split(':').slice(5);
  const name = rest.join(':');
  const env = environmentOf(caller);
  const { members, snapshots, subnetGroups } = state.services.databases;
  switch (kind) {
    case 'db': {
      const member = members.tryFind(env, name);
      if (member !== undefined) {
        return tagged(member, (tags) => members.put(env, name, { ...member, tags }));
      }
      const found = findDatabase(state, caller, name);
      return {
        arn: found.arn,
        tags: tagsOf(found),
        put: (tags) => changeResource(state, found, { tags: { ...tags } }),
      };
    }
    case 'cluster': {
      const found = findCluster(state, caller, name);
      return {
        arn: found.arn,
        tags: tagsOf(found),
        put: (tags) => changeResource(state, found, { tags: { ...tags } }),
      };
    }
    case 'snapshot':
    case 'cluster-snapshot': {
      const found = findDatabaseSnapshot(state, caller, kind, arn);
      const { byBackup, ...made } = found;
      return tagged(made, (tags) =>
        byBackup ? state.ledger.changedTags.put(made.arn, tags) : snapshots.put(env, made.arn, { ...made, tags }),
      );
    }
    case 'subgrp': {
      const group = findSubnetGroup(state, caller, name);
      return tagged(group, (tags) => subnetGroups.put(env, group.name, { ...group, tags }));
    }
    default:
      throw new AwsFault('InvalidParameterValue', `Invalid resource name: ${arn ?? ''}`);
  }
}

function tagged({ arn, tags }: { arn: string; tags: TagMap }, put: (tags: TagMap) => unknown): TaggedByArn {
  return { arn, tags, put: (next) => void put(next) };
}
