/** Whom a principal gets to be, step by step, in its own account and in others. */
import { attack, Attempt } from '../../../engine/src/attack/attack';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { attachRolePolicy } from '../../../engine/src/operations/iam/attach-role-policy';
import { createRole } from '../../../engine/src/operations/iam/create-role';
import { createUser } from '../../../engine/src/operations/iam/create-user';
import { deleteUser } from '../../../engine/src/operations/iam/delete-user';
import { deleteUserPolicy } from '../../../engine/src/operations/iam/delete-user-policy';
import { putRolePolicy } from '../../../engine/src/operations/iam/put-role-policy';
import { putUserPolicy } from '../../../engine/src/operations/iam/put-user-policy';
import { ENV, vault, world } from '../scenarios/stage';

const TOOLS = { ...ENV, account: '999999999999' };
const USER = `arn:aws:iam::${TOOLS.account}:user/operator`;
const roleArn = (account: string, name: string) => `arn:aws:iam::${account}:role/${name}`;
const HUB = roleArn(TOOLS.account, 'hub');
const SPOKE = roleArn(ENV.account, 'spoke');
const GUEST = roleArn(ENV.account, 'guest');

const document = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const trust = (AWS: string, more: object = {}) =>
  document({ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole', ...more });
const may = (Action: string, Resource = '*') => document({ Effect: 'Allow', Action, Resource });

/**
 * A user of an account that has nothing to lose, who may assume a hub, which may assume a spoke in the account of a vault; there
 * a guest trusts the user's account.
 */
function chained(hubTrust = trust(USER), spokeTrust = trust(HUB)): WorldState {
  const state = world('2027-01-01', { vaults: [vault('main')] });
  createUser(state, TOOLS, { UserName: 'operator' });
  putUserPolicy(state, TOOLS, { UserName: 'operator', PolicyName: 'p', PolicyDocument: may('sts:AssumeRole', HUB) });
  createRole(state, TOOLS, { RoleName: 'hub', AssumeRolePolicyDocument: hubTrust });
  putRolePolicy(state, TOOLS, { RoleName: 'hub', PolicyName: 'p', PolicyDocument: may('sts:AssumeRole', SPOKE) });
  createRole(state, ENV, { RoleName: 'spoke', AssumeRolePolicyDocument: spokeTrust });
  putRolePolicy(state, ENV, { RoleName: 'spoke', PolicyName: 'p', PolicyDocument: may('backup:DeleteBackupVault') });
  createRole(state, ENV, { RoleName: 'guest', AssumeRolePolicyDocument: trust(TOOLS.account) });
  attachRolePolicy(state, ENV, { RoleName: 'guest', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' });
  return state;
}

function through(state: WorldState, as: string): [string, readonly string[]][] {
  return attack(state, [as])
    .attempts.filter(({ succeeds, target }) => succeeds && target === 'vault')
    .map((attempt: Attempt) => [attempt.action, attempt.through]);
}

test('a principal reaches what the roles that trust it reach, from account to account, and the answer names them in order', () => {
  const state = chained();
  expect(through(state, USER)).toEqual([['backup:DeleteBackupVault', [HUB, SPOKE]]]);
  expect(through(state, HUB)).toEqual([['backup:DeleteBackupVault', [SPOKE]]]);
  expect(through(state, SPOKE)).toEqual([['backup:DeleteBackupVault', []]]);
  const [attempt] = attack(state, [USER]).attempts.filter(({ succeeds }) => succeeds);
  expect(attempt?.principal).toBe(USER);
  expect(attempt?.because).toMatch(new RegExp(`^nothing stops it: .*; it assumes ${HUB}, and then ${SPOKE}$`));
});

test('whoever has something to try through roles alone attacks, too, and whoever has nothing does not', () => {
  const state = chained();
  createUser(state, TOOLS, { UserName: 'clerk' });
  const attackers = attack(state).attackers.map(({ principal }) => principal);
  expect(attackers).toEqual([
    `arn:aws:iam::${ENV.account}:root`,
    roleArn(ENV.account, 'Administrator'),
    GUEST,
    SPOKE,
    HUB,
    USER,
  ]);
});

// prettier-ignore
test.each<[what: string, hub: string, spoke: string]>([
  ['does not trust it',                       trust(roleArn(TOOLS.account, 'other')), trust(HUB)],
  ['trusts it for a second factor alone',     trust(USER, { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }), trust(HUB)],
  ['trusts it for an external id alone',      trust(USER, { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } }), trust(HUB)],
  ['leads to one that does not trust it',     trust(USER), trust(roleArn(TOOLS.account, 'other'))],
  ['trusts a service',                        document({ Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' }, Action: 'sts:AssumeRole' }), trust(HUB)],
])('a role that %s gets it nowhere', (_, hub, spoke) => {
  expect(through(chained(hub, spoke), USER)).toEqual([]);
});

test('a role of another account needs leave on both sides, and one of its own that names it needs that alone', () => {
  const state = chained();
  // The guest trusts the account of the user, whose policies name the hub alone.
  expect(through(state, USER).flatMap(([, roles]) => roles)).not.toContain(GUEST);
  const stranger = roleArn(TOOLS.account, 'Administrator');
  const ways = through(state, stranger).map(([, roles]) => roles);
  expect(ways.length).toBeGreaterThan(1);
  expect(ways.filter((roles) => roles.join() !== GUEST)).toEqual([]);
  // A trust policy that names a principal of its own account is enough for it.
  createRole(state, TOOLS, { RoleName: 'direct', AssumeRolePolicyDocument: trust(USER) });
  putRolePolicy(state, TOOLS, { RoleName: 'direct', PolicyName: 'p', PolicyDocument: may('sts:AssumeRole', GUEST) });
  expect(through(state, USER)).toContainEqual([
    'backup:PutBackupVaultAccessPolicy',
    [roleArn(TOOLS.account, 'direct'), GUEST],
  ]);
});

test('roles that trust each other end, and a root user assumes none but as a user whose keys it makes', () => {
  const state = chained(trust('*'), trust(TOOLS.account));
  putRolePolicy(state, ENV, { RoleName: 'spoke', PolicyName: 'q', PolicyDocument: may('sts:AssumeRole') });
  expect(through(state, SPOKE)).toEqual([['backup:DeleteBackupVault', []]]);
  const root = `arn:aws:iam::${TOOLS.account}:root`;
  const ways = attack(state, [root]).attempts.filter(({ succeeds, target }) => succeeds && target === 'vault');
  expect(ways.length).toBeGreaterThan(0);
  const makesKeys = ({ steps }: (typeof ways)[number]) => steps.some(({ action }) => action === 'iam:CreateAccessKey');
  expect(ways.filter((way) => !makesKeys(way))).toEqual([]);
  deleteUserPolicy(state, TOOLS, { UserName: 'operator', PolicyName: 'p' });
  deleteUser(state, TOOLS, { UserName: 'operator' });
  expect(through(state, root)).toEqual([]);
});

test('what a principal may itself is told as its own, not as that of a role', () => {
  const state = chained();
  putRolePolicy(state, TOOLS, { RoleName: 'hub', PolicyName: 'q', PolicyDocument: may('backup:*') });
  // Vaults of other accounts are out of its own reach, whatever its policies say.
  expect(through(state, HUB)).toEqual([['backup:DeleteBackupVault', [SPOKE]]]);
  putRolePolicy(state, ENV, { RoleName: 'guest', PolicyName: 'q', PolicyDocument: may('sts:AssumeRole', SPOKE) });
  expect(through(state, GUEST).filter(([, roles]) => roles.length > 0)).toEqual([]);
});
