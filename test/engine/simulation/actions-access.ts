// What is done to keys, to the role of the jobs, and to the policies of an organization.
import type { ListPoliciesCommandOutput } from '@aws-sdk/client-organizations';
import type { Environment } from '@holdfast/model';
import type { Kind, Proposal, Scene } from './scene';
import { read } from './call';
import { DENIED_BY_ORGANIZATION, denying, JOB_ROLE, keyId, ROOT_ID, trust } from './random-world';

export const accessActions: readonly Kind[] = [
  { name: 'disable a key', odds: 2, propose: (scene) => onKey(scene, 'DisableKey') },
  { name: 'enable a key', odds: 2, propose: (scene) => onKey(scene, 'EnableKey') },
  {
    name: 'schedule the deletion of a key',
    odds: 2,
    propose: (scene) => onKey(scene, 'ScheduleKeyDeletion', { PendingWindowInDays: scene.draw.between(6, 10) }),
  },
  { name: 'cancel the deletion of a key', odds: 1, propose: (scene) => onKey(scene, 'CancelKeyDeletion') },
  {
    name: 'take the trust from the role of the jobs',
    odds: 3,
    propose: (scene) => setTrust(scene, 'ec2.amazonaws.com'),
  },
  { name: 'let the role of the jobs be assumed', odds: 3, propose: (scene) => setTrust(scene, 'backup.amazonaws.com') },
  { name: 'make a policy of the organization', odds: 1, propose: makePolicy },
  { name: 'attach a policy of the organization', odds: 4, propose: (scene) => onPolicy(scene, 'AttachPolicy') },
  { name: 'detach a policy of the organization', odds: 3, propose: (scene) => onPolicy(scene, 'DetachPolicy') },
];

function onKey({ world, draw }: Scene, operation: string, more: object = {}): Proposal | undefined {
  const place = draw.below(world.places.length);
  const env = world.places[place] as Environment;
  return world.declaresAccess ? { env, service: 'kms', operation, input: { KeyId: keyId(place), ...more } } : undefined;
}

function setTrust({ world, draw }: Scene, service: string): Proposal | undefined {
  const input = { RoleName: JOB_ROLE, PolicyDocument: JSON.stringify(trust(service)) };
  return world.declaresAccess
    ? { env: draw.pick(world.places), service: 'iam', operation: 'UpdateAssumeRolePolicy', input }
    : undefined;
}

function makePolicy({ world, draw }: Scene): Proposal | undefined {
  const env = world.places[0] as Environment;
  const Description = draw.pick(DENIED_BY_ORGANIZATION);
  const Content = JSON.stringify(denying(Description));
  const input = { Name: `deny more ${draw.below(5)}`, Content, Description, Type: 'SERVICE_CONTROL_POLICY' };
  return world.organizationId === undefined
    ? undefined
    : { env, service: 'organizations', operation: 'CreatePolicy', input };
}

function onPolicy({ world, draw, state }: Scene, operation: string): Proposal | undefined {
  const env = world.places[0] as Environment;
  if (world.organizationId === undefined) {
    return undefined;
  }
  const asked = { Filter: 'SERVICE_CONTROL_POLICY' };
  const { Policies = [] } = read<ListPoliciesCommandOutput>(state, env, 'organizations', 'ListPolicies', asked);
  const policy = draw.tryPick(Policies.filter(({ Name }) => Name?.startsWith('deny ')));
  const TargetId = draw.pick([ROOT_ID, ...new Set(world.places.map(({ account }) => account))]);
  return policy && { env, service: 'organizations', operation, input: { PolicyId: policy.Id, TargetId } };
}
