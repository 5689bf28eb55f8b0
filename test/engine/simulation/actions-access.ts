// What is done to keys, to the role of the jobs, and to the policies of an organization.
import type { ListPoliciesCommandOutput } from '@aws-sdk/client-organizations';
import type { Environment } from '@holdfast/model';
import type { Kind, Proposal, Scene } from './scene';
import { read } from './call';
import { JOB_ROLE, keyId, ROOT_ID, trust } from './random-world';

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
  { name: 'make a policy of the organization', odds: 3, propose: makePolicy },
  { name: 'attach a policy of the organization', odds: 3, propose: (scene) => onPolicy(scene, 'AttachPolicy') },
  { name: 'detach a policy of the organization', odds: 2, propose: (scene) => onPolicy(scene, 'DetachPolicy') },
];

/** Policies of an organization that deny these; its own name says which. */
export const DENIED_BY_ORGANIZATION = ['backup:Delete*', 'backup:Put*', 'backup:Update*'];

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
  if (world.organizationId === undefined) {
    return undefined;
  }
  const Action = draw.pick(DENIED_BY_ORGANIZATION);
  const Content = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Sid: 'Keep', Effect: 'Deny', Action, Resource: '*' }],
  });
  const Name = `deny ${Action.replace(':', '-').replace('*', '')}`;
  const input = { Name, Content, Description: Action, Type: 'SERVICE_CONTROL_POLICY' };
  return { env: draw.pick(world.places.slice(0, 1)), service: 'organizations', operation: 'CreatePolicy', input };
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
