/**
 * Who has policies in a stack: roles, users and groups, each by the operations of its kind.
 *
 * Pure: changes nothing but the World it is given.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216): Roles, Users, Groups of policies.
 */
import { isDeepStrictEqual } from 'node:util';
import type { DeclaredValue } from '../ingest/cloudformation/declared-value';
import { attachGroupPolicy } from '../operations/iam/attach-group-policy';
import { attachRolePolicy } from '../operations/iam/attach-role-policy';
import { attachUserPolicy } from '../operations/iam/attach-user-policy';
import { deleteGroupPolicy } from '../operations/iam/delete-group-policy';
import { deleteRolePolicy } from '../operations/iam/delete-role-policy';
import { deleteUserPolicy } from '../operations/iam/delete-user-policy';
import { detachGroupPolicy } from '../operations/iam/detach-group-policy';
import { detachRolePolicy } from '../operations/iam/detach-role-policy';
import { detachUserPolicy } from '../operations/iam/detach-user-policy';
import { putGroupPolicy } from '../operations/iam/put-group-policy';
import { putRolePolicy } from '../operations/iam/put-role-policy';
import { putUserPolicy } from '../operations/iam/put-user-policy';
import { tagRole } from '../operations/iam/tag-role';
import { tagUser } from '../operations/iam/tag-user';
import { untagRole } from '../operations/iam/untag-role';
import { untagUser } from '../operations/iam/untag-user';
import type { Standing } from './handler';

type Where = Pick<Standing, 'env' | 'state'>;

export interface Holder {
  readonly kind: 'Role' | 'User' | 'Group';
  readonly name: string;
}

/** Documents of inline policies by name, and ARNs of managed ones. */
export interface Held {
  readonly inline: ReadonlyMap<string, unknown>;
  readonly managed: readonly string[];
}

/** What something has that is not there yet, or is to go. */
export const NOTHING_HELD: Held = { inline: new Map(), managed: [] };

const KINDS = ['Role', 'User', 'Group'] as const;

const CALLS = {
  Role: { put: putRolePolicy, drop: deleteRolePolicy, attach: attachRolePolicy, detach: detachRolePolicy },
  User: { put: putUserPolicy, drop: deleteUserPolicy, attach: attachUserPolicy, detach: detachUserPolicy },
  Group: { put: putGroupPolicy, drop: deleteGroupPolicy, attach: attachGroupPolicy, detach: detachGroupPolicy },
};

/** Those that a policy names, by `RoleName` and its like or by `Roles` and theirs. */
export function holdersOf(properties: DeclaredValue): Holder[] {
  return KINDS.flatMap((kind) => {
    const one = properties.member(`${kind}Name`).text();
    const names = one === undefined ? (properties.member(`${kind}s`).texts() ?? []) : [one];
    return names.map((name) => ({ kind, name }));
  });
}

export function isAmong(holders: readonly Holder[], { kind, name }: Holder): boolean {
  return holders.some((one) => one.kind === kind && one.name === name);
}

/** What a role, user or group of a template has of policies. */
export function heldBy(properties: DeclaredValue): Held {
  const inline = properties.member('Policies').items();
  return {
    inline: new Map(
      inline.map((policy) => [
        policy.member('PolicyName').requiredText(),
        policy.member('PolicyDocument').json() as unknown,
      ]),
    ),
    managed: properties.member('ManagedPolicyArns').texts() ?? [],
  };
}

export function putInline({ state, env }: Where, { kind, name }: Holder, PolicyName: string, document: unknown): void {
  const input = { ...namesOf(name), PolicyName, PolicyDocument: JSON.stringify(document) };
  CALLS[kind].put(state, env, input);
}

export function dropInline({ state, env }: Where, { kind, name }: Holder, PolicyName: string): void {
  CALLS[kind].drop(state, env, { ...namesOf(name), PolicyName });
}

export function attachTo({ state, env }: Where, { kind, name }: Holder, PolicyArn: string): void {
  CALLS[kind].attach(state, env, { ...namesOf(name), PolicyArn });
}

export function detachFrom({ state, env }: Where, { kind, name }: Holder, PolicyArn: string): void {
  CALLS[kind].detach(state, env, { ...namesOf(name), PolicyArn });
}

/** Takes away what is not to be there any more, and gives what is new or another. */
export function changeHeld(where: Where, holder: Holder, before: Held, after: Held): void {
  for (const name of before.inline.keys()) {
    if (!after.inline.has(name)) {
      dropInline(where, holder, name);
    }
  }
  for (const [name, document] of after.inline) {
    if (!isDeepStrictEqual(before.inline.get(name), document)) {
      putInline(where, holder, name, document);
    }
  }
  before.managed.filter((arn) => !after.managed.includes(arn)).forEach((arn) => detachFrom(where, holder, arn));
  after.managed.filter((arn) => !before.managed.includes(arn)).forEach((arn) => attachTo(where, holder, arn));
}

/** Groups have no tags. */
export function changeTags(
  { state, env }: Where,
  { kind, name }: Holder,
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): void {
  const [tag, untag] = kind === 'Role' ? [tagRole, untagRole] : [tagUser, untagUser];
  const TagKeys = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  if (TagKeys.length > 0) {
    untag(state, env, { ...namesOf(name), TagKeys });
  }
  const Tags = Object.entries(after)
    .filter(([key, value]) => before[key] !== value)
    .map(([Key, Value]) => ({ Key, Value }));
  if (Tags.length > 0) {
    tag(state, env, { ...namesOf(name), Tags });
  }
}

/** Each operation reads the name of its own kind. */
function namesOf(name: string) {
  return { RoleName: name, UserName: name, GroupName: name };
}
