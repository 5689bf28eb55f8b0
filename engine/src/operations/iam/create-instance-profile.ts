/**
 * CreateInstanceProfile.
 *
 * Source   IAM API reference, CreateInstanceProfile. The texts of refused names are Assumed.
 */
import type { CreateInstanceProfileCommandInput, CreateInstanceProfileCommandOutput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import { hex128 } from '../../kernel/ids';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { refuseTaken } from '../find-identity';
import { required } from '../find-vault';
import { showProfile } from '../instance-profiles';
import { tagsOf } from '../tag-list';

export function createInstanceProfile(
  state: WorldState,
  caller: Caller,
  input: CreateInstanceProfileCommandInput,
): Omit<CreateInstanceProfileCommandOutput, '$metadata'> {
  const name = required(input.InstanceProfileName, 'InstanceProfileName');
  const path = input.Path ?? '/';
  if (!/^[\w+=,.@-]{1,128}$/.test(name) || !/^\/([!-~]*\/)?$/.test(path)) {
    throw new AwsFault('ValidationException', `InstanceProfileName must be 1 to 128 characters, got '${path}${name}'`);
  }
  const { instanceProfiles } = state.services;
  refuseTaken('Instance Profile', name, instanceProfiles.tryFind(caller, name));
  const arn = `arn:${caller.partition}:iam::${caller.account}:instance-profile${path}${name}`;
  const digits = hex128(state.seed, { kind: 'iam-instance-profile', names: [arn], at: state.now }).slice(0, 17);
  const id = `AIPA${digits.toUpperCase()}`;
  const profile = { name, path, arn, id, createdAt: state.now, role: undefined, tags: tagsOf(input.Tags) };
  instanceProfiles.put(caller, profile);
  return { InstanceProfile: showProfile(state, caller, profile) };
}
