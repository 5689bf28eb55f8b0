/**
 * Everything in an account and Region that has an ARN and tags, whatever service it is of.
 *
 * Pure: reads the World; what is found puts its own tags.
 * Source   Resource Groups Tagging API 2017-01-26; service support for ARNs.
 */
import { placeOf } from '../domain/vaults';
import type { WorldState } from '../domain/world-state';
import { tagResource } from './backup/tag-resource';
import { untagResource } from './backup/untag-resource';
import type { Caller } from './caller';
import { databaseTagged } from './database-tags';
import { ec2Tagged } from './ec2-tags';
import { changeResource, environmentOf, type TagMap, tagsOf } from './stateful';

export interface TaggedByArn {
  readonly arn: string;
  readonly tags: TagMap;
  put(tags: TagMap): void;
}

/** By ARN in ascending order. */
export function taggedResources(state: WorldState, caller: Caller): TaggedByArn[] {
  const all = [
    ...held(state, caller),
    ...ofEc2(state, caller),
    ...databaseTagged(state, caller),
    ...ofSecrets(state, caller),
    ...kept(state, caller),
  ];
  return all.sort((a, b) => (a.arn < b.arn ? -1 : 1));
}

/** Resources that hold data, of every service. */
function held(state: WorldState, caller: Caller): TaggedByArn[] {
  return state.ledger.resources.at(state.ledger.names.intern(placeOf(caller))).map((resource) => ({
    arn: resource.arn,
    tags: tagsOf(resource),
    put: (tags) => void changeResource(state, resource, { tags: { ...tags } }),
  }));
}

/** Snapshots, images and what is in networks; instances and volumes hold data. */
function ofEc2(state: WorldState, caller: Caller): TaggedByArn[] {
  const { partition, region, account } = caller;
  return ec2Tagged(state, caller)
    .filter(({ type }) => type !== 'instance' && type !== 'volume')
    .map(({ id, type, tags, put }) => {
      const owner = type === 'image' || type === 'snapshot' ? '' : account;
      return { arn: `arn:${partition}:ec2:${region}:${owner}:${type}/${id}`, tags, put };
    });
}

function ofSecrets(state: WorldState, caller: Caller): TaggedByArn[] {
  return state.services.secrets.list(caller, state.now).map((secret) => ({
    arn: secret.arn,
    tags: secret.tags,
    put: (tags) => {
      secret.tags = tags;
    },
  }));
}

/** Vaults and plans of AWS Backup, and keys. */
function kept(state: WorldState, caller: Caller): TaggedByArn[] {
  const { vaults, plans, keys, changedTags } = state.ledger;
  const here = placeOf(environmentOf(caller));
  const own = [
    ...vaults
      .standing()
      .filter(({ made }) => placeOf(made.env) === here)
      .map(({ arn, made }) => ({ arn, tags: changedTags.of(arn, made.tags) })),
    ...plans
      .list()
      .filter(({ declaration }) => placeOf(declaration.env) === here)
      .map(({ arn, declaration }) => ({ arn, tags: changedTags.of(arn, declaration.tags ?? {}) })),
  ];
  const ofKeys = keys.at(environmentOf(caller)).map((key): TaggedByArn => {
    const put = (tags: TagMap): void => {
      key.tags.clear();
      Object.entries(tags).forEach(([name, value]) => key.tags.set(name, value));
    };
    return { arn: key.arn, tags: Object.fromEntries(key.tags), put };
  });
  return [
    ...own.map(({ arn, tags }) => ({ arn, tags, put: (next: TagMap) => replace(state, caller, { arn, tags, next }) })),
    ...ofKeys,
  ];
}

/** What AWS Backup has is tagged by its own operations, which the event log hears of. */
function replace(
  state: WorldState,
  caller: Caller,
  { arn, tags, next }: { readonly arn: string; readonly tags: TagMap; readonly next: TagMap },
): void {
  const lost = Object.keys(tags).filter((key) => !(key in next));
  if (lost.length > 0) {
    untagResource(state, caller, { ResourceArn: arn, TagKeyList: lost });
  }
  const added = Object.entries(next).filter(([key, value]) => tags[key] !== value);
  if (added.length > 0) {
    tagResource(state, caller, { ResourceArn: arn, Tags: Object.fromEntries(added) });
  }
}
