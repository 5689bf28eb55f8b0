/**
 * The instance profile that a call names, and how IAM shows it.
 *
 * Pure: reads the World.
 * Source   API model of IAM 2010-05-08: InstanceProfile.
 */
import type { InstanceProfile as ProfileShape } from '@aws-sdk/client-iam';
import type { InstanceProfile } from '../domain/instance-profiles';
import type { WorldState } from '../domain/world-state';
import { dateOf } from '../kernel/instant';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { required } from './find-vault';
import { showRole } from './show-identity';
import { tagList } from './tag-list';

export function findProfile(state: WorldState, caller: Caller, given: string | undefined): InstanceProfile {
  const name = required(given, 'InstanceProfileName');
  const found = state.services.instanceProfiles.tryFind(caller, name);
  if (found === undefined) {
    throw new AwsFault('NoSuchEntityException', `Instance Profile ${name} cannot be found.`);
  }
  return found;
}

export function showProfile(state: WorldState, caller: Caller, profile: InstanceProfile): ProfileShape {
  const role = profile.role === undefined ? undefined : state.ledger.roles.tryFindRoleByName(caller, profile.role);
  return {
    Path: profile.path,
    InstanceProfileName: profile.name,
    InstanceProfileId: profile.id,
    Arn: profile.arn,
    CreateDate: dateOf(profile.createdAt),
    Roles: role === undefined ? [] : [showRole(role)],
    Tags: tagList(profile.tags),
  };
}
