/** Each step by which a principal becomes another or makes more of itself: allowed, and stopped by the statement that the answer names. */
import { attack, Attack } from '../../../engine/src/attack/attack';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { addUserToGroup } from '../../../engine/src/operations/iam/add-user-to-group';
import { createGroup } from '../../../engine/src/operations/iam/create-group';
import { putGroupPolicy } from '../../../engine/src/operations/iam/put-group-policy';
import { addRoleToInstanceProfile } from '../../../engine/src/operations/iam/add-role-to-instance-profile';
import { attachRolePolicy } from '../../../engine/src/operations/iam/attach-role-policy';
import { createInstanceProfile } from '../../../engine/src/operations/iam/create-instance-profile';
import { createPolicy } from '../../../engine/src/operations/iam/create-policy';
import { createPolicyVersion } from '../../../engine/src/operations/iam/create-policy-version';
import { createRole } from '../../../engine/src/operations/iam/create-role';
import { createUser } from '../../../engine/src/operations/iam/create-user';
import { putRolePermissionsBoundary } from '../../../engine/src/operations/iam/put-role-permissions-boundary';
import { putRolePolicy } from '../../../engine/src/operations/iam/put-role-policy';
import { putUserPolicy } from '../../../engine/src/operations/iam/put-user-policy';
import { createFunction } from '../../../engine/src/operations/lambda/create-function';
import { ENV, resource, vault, world } from '../scenarios/stage';

const arnOf = (kind: string, name: string) => `arn:aws:iam::${ENV.account}:${kind}/${name}`;
const EVE = arnOf('user', 'eve');
const STRONG = arnOf('role', 'strong');
const ADA = arnOf('user', 'ada');
const WEAK = arnOf('role', 'weak');
const KIT = arnOf('policy', 'kit');
const DELETES = 'backup:DeleteBackupVault';
const LAMBDA = `arn:aws:lambda:${ENV.region}:${ENV.account}:function`;

const document = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const may = (...Action: string[]) => document({ Effect: 'Allow', Action, Resource: '*' });
const trusting = (Principal: object) => document({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' });

/**
 * An account with a vault; Ada and a strong role may delete it, which trusts a service; Eve may what she is given, and may be a
 * weak role that has the kit, which allows and bounds nothing but a look.
 */
function account(service: string, given: string[], denied: string[] = []): WorldState {
  const state = world('2027-01-01', { vaults: [vault('main')] });
  createUser(state, ENV, { UserName: 'ada' });
  putUserPolicy(state, ENV, { UserName: 'ada', PolicyName: 'p', PolicyDocument: may(DELETES) });
  createRole(state, ENV, {
    RoleName: 'strong',
    AssumeRolePolicyDocument: trusting({ Service: `${service}.amazonaws.com` }),
  });
  putRolePolicy(state, ENV, { RoleName: 'strong', PolicyName: 'p', PolicyDocument: may(DELETES) });
  createInstanceProfile(state, ENV, { InstanceProfileName: 'machine' });
  addRoleToInstanceProfile(state, ENV, { InstanceProfileName: 'machine', RoleName: 'strong' });
  createUser(state, ENV, { UserName: 'eve' });
  const allow = { Effect: 'Allow', Action: ['iam:ListRoles', ...given], Resource: '*' };
  const deny = { Sid: 'Stop', Effect: 'Deny', Action: denied, Resource: '*' };
  const PolicyDocument = document(allow, ...(denied.length === 0 ? [] : [deny]));
  putUserPolicy(state, ENV, { UserName: 'eve', PolicyName: 'q', PolicyDocument });
  return state;
}

function addWeak(state: WorldState, bounded: boolean): WorldState {
  createRole(state, ENV, { RoleName: 'weak', AssumeRolePolicyDocument: trusting({ AWS: EVE }) });
  createPolicy(state, ENV, { PolicyName: 'kit', PolicyDocument: may('backup:ListBackupVaults') });
  if (bounded) {
    putRolePolicy(state, ENV, { RoleName: 'weak', PolicyName: 'p', PolicyDocument: may(DELETES) });
    putRolePermissionsBoundary(state, ENV, { RoleName: 'weak', PermissionsBoundary: KIT });
  } else {
    attachRolePolicy(state, ENV, { RoleName: 'weak', PolicyArn: KIT });
  }
  return state;
}

function addFunction(state: WorldState): WorldState {
  const Code = { ZipFile: new Uint8Array([1]) };
  createFunction(state, ENV, { FunctionName: 'job', Role: STRONG, Runtime: 'nodejs20.x', Handler: 'i.h', Code });
  return state;
}

type Make = (given: string[], denied?: string[]) => WorldState;
const FRIENDS = arnOf('group', 'friends');

/** A group that may delete the vault, or one without rights that Eve is in. */
const grouped =
  (joined: boolean): Make =>
  (given, denied) => {
    const state = account('backup', given, denied);
    createGroup(state, ENV, { GroupName: 'friends' });
    if (joined) {
      addUserToGroup(state, ENV, { GroupName: 'friends', UserName: 'eve' });
    } else {
      putGroupPolicy(state, ENV, { GroupName: 'friends', PolicyName: 'p', PolicyDocument: may(DELETES) });
    }
    return state;
  };
const INSTANCE = `arn:aws:ec2:${ENV.region}:${ENV.account}:instance/i-0123456789abcdef0`;
const SHELL = `arn:aws:ssm:${ENV.region}::document/AWS-RunShellScript`;

/** An instance that holds the strong role. */
const instanced: Make = (given, denied) => {
  const state = account('ec2', given, denied);
  state.addResource(resource('ec2', 'i-0123456789abcdef0'));
  const iamInstanceProfileArn = arnOf('instance-profile', 'machine');
  state.ledger.particulars.instances.put(INSTANCE, { iamInstanceProfileArn });
  return state;
};

/** By which calls, on what, Eve deletes the vault. */
function wayOf({ attempts }: Attack): string[] | undefined {
  const found = attempts.find(({ action, succeeds }) => action === DELETES && succeeds);
  return found?.steps.map(({ action, resource }) => `${action} ${resource}`);
}

const plain =
  (service = 'backup'): Make =>
  (given, denied) =>
    account(service, given, denied);
const weak =
  (bounded: boolean): Make =>
  (given, denied) =>
    addWeak(account('backup', given, denied), bounded);
const older: Make = (given, denied) => {
  const state = addWeak(account('backup', given, denied), false);
  createPolicyVersion(state, ENV, { PolicyArn: KIT, PolicyDocument: may(DELETES) });
  return state;
};
const ASSUMED = `sts:AssumeRole ${WEAK}`;

// prettier-ignore
const STEPS: readonly (readonly [name: string, make: Make, given: string[], way: string[], becomes: string])[] = [
  ['keys of a user',               plain(),        ['iam:CreateAccessKey'],   [`iam:CreateAccessKey ${ADA}`], ADA],
  ['a first password of a user',   plain(),        ['iam:CreateLoginProfile'], [`iam:CreateLoginProfile ${ADA}`], ADA],
  ['another password of a user',   plain(),        ['iam:UpdateLoginProfile'], [`iam:UpdateLoginProfile ${ADA}`], ADA],
  ['a rewritten trust policy',     plain(),        ['iam:UpdateAssumeRolePolicy'], [`iam:UpdateAssumeRolePolicy ${STRONG}`, `sts:AssumeRole ${STRONG}`], STRONG],
  ['a policy attached to itself',  plain(),        ['iam:AttachUserPolicy'],  [`iam:AttachUserPolicy ${EVE}`], EVE],
  ['a policy put on itself',       plain(),        ['iam:PutUserPolicy'],     [`iam:PutUserPolicy ${EVE}`], EVE],
  ['a policy attached to a role',  weak(false),    ['iam:AttachRolePolicy'],  [`iam:AttachRolePolicy ${WEAK}`, ASSUMED], WEAK],
  ['a policy put on a role',       weak(false),    ['iam:PutRolePolicy'],     [`iam:PutRolePolicy ${WEAK}`, ASSUMED], WEAK],
  ['a new version of a policy',    weak(false),    ['iam:CreatePolicyVersion'], [`iam:CreatePolicyVersion ${KIT}`, ASSUMED], WEAK],
  ['another version of a policy',  older,          ['iam:SetDefaultPolicyVersion'], [`iam:SetDefaultPolicyVersion ${KIT}`, ASSUMED], WEAK],
  ['a boundary taken away',        weak(true),     ['iam:DeleteRolePermissionsBoundary'], [`iam:DeleteRolePermissionsBoundary ${WEAK}`, ASSUMED], WEAK],
  ['a wider boundary',             weak(true),     ['iam:PutRolePermissionsBoundary'], [`iam:PutRolePermissionsBoundary ${WEAK}`, ASSUMED], WEAK],
  ['a new version of a boundary',  weak(true),     ['iam:CreatePolicyVersion'], [`iam:CreatePolicyVersion ${KIT}`, ASSUMED], WEAK],
  ['code of a function',           (given, denied) => addFunction(account('lambda', given, denied)), ['lambda:UpdateFunctionCode'], [`lambda:UpdateFunctionCode ${LAMBDA}:job`], STRONG],
  ['a group that it joins',        grouped(false), ['iam:AddUserToGroup'],    [`iam:AddUserToGroup ${FRIENDS}`], EVE],
  ['a policy attached to its group', grouped(true), ['iam:AttachGroupPolicy'], [`iam:AttachGroupPolicy ${FRIENDS}`], EVE],
  ['a policy put on its group',    grouped(true),  ['iam:PutGroupPolicy'],    [`iam:PutGroupPolicy ${FRIENDS}`], EVE],
  ['a session on an instance',     instanced,      ['ssm:StartSession'],      [`ssm:StartSession ${INSTANCE}`], STRONG],
  ['a command to an instance',     instanced,      ['ssm:SendCommand'],       [`ssm:SendCommand ${SHELL}`, `ssm:SendCommand ${INSTANCE}`], STRONG],
  ['a function',                   plain('lambda'), ['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'], [`iam:PassRole ${STRONG}`, `lambda:CreateFunction ${LAMBDA}:attack`, `lambda:InvokeFunction ${LAMBDA}:attack`], STRONG],
  ['a stack',                      plain('cloudformation'), ['iam:PassRole', 'cloudformation:CreateStack'], [`iam:PassRole ${STRONG}`, `cloudformation:CreateStack arn:aws:cloudformation:${ENV.region}:${ENV.account}:stack/attack/*`], STRONG],
  ['an instance',                  plain('ec2'),   ['iam:PassRole', 'ec2:RunInstances'], [`iam:PassRole ${STRONG}`, `ec2:RunInstances arn:aws:ec2:${ENV.region}:${ENV.account}:instance/*`], STRONG],
  ['a state machine',              plain('states'), ['iam:PassRole', 'states:CreateStateMachine', 'states:StartExecution'], [`iam:PassRole ${STRONG}`, `states:CreateStateMachine arn:aws:states:${ENV.region}:${ENV.account}:stateMachine:attack`, `states:StartExecution arn:aws:states:${ENV.region}:${ENV.account}:stateMachine:attack`], STRONG],
];

describe.each(STEPS)('by %s', (_, make, given, way, becomes) => {
  test('a principal deletes what it may not delete, and the answer names the calls in order', () => {
    const answer = attack(make(given), [EVE]);
    expect(wayOf(answer)).toEqual(way);
    const told = answer.attempts.find(({ action, succeeds }) => action === DELETES && succeeds);
    expect(told?.through).toEqual(becomes === EVE ? [] : [becomes]);
    expect(told?.because).toContain(`it calls ${way.map((step) => step.replace(' ', ' on ')).join(', and then ')}`);
  });

  test('it does not when a statement denies the first call, which the answer names', () => {
    const [first = ''] = given;
    const answer = attack(make(given, [first]), [EVE]);
    expect(wayOf(answer)).toBeUndefined();
    const stopped = answer.stoppedChains.filter((one) => one.action === first && one.becomes === becomes);
    expect(stopped[0]).toMatchObject({
      principal: EVE,
      policyType: 'identity',
      policy: `q of ${EVE}`,
      statement: 'Stop',
    });
  });

  test.each(given.map((action): [string] => [action]))(
    'it does not without %s, and no statement is named',
    (action) => {
      const answer = attack(make(given.filter((one) => one !== action)), [EVE]);
      expect([wayOf(answer), answer.stoppedChains]).toEqual([undefined, []]);
    },
  );
});

test('a role that no service is trusted with is passed to none, and one in no profile to no instance', () => {
  const passing = ['iam:PassRole', 'lambda:*', 'cloudformation:*', 'ec2:*', 'states:*'];
  expect(wayOf(attack(account('backup', passing), [EVE]))).toBeUndefined();
  const state = account('ec2', passing);
  state.services.instanceProfiles.remove(ENV, 'machine');
  expect(wayOf(attack(state, [EVE]))).toBeUndefined();
});

test('an instance that is gone, or holds another role, is commanded in vain', () => {
  const given = ['ssm:StartSession', 'ssm:SendCommand'];
  const other = instanced(given);
  other.ledger.particulars.instances.put(INSTANCE, { iamInstanceProfileArn: arnOf('instance-profile', 'none') });
  expect(wayOf(attack(other, [EVE]))).toBeUndefined();
  const gone = instanced(given);
  gone.removeResource(gone.ledger.resources.find(gone.ledger.resources.list()[0]?.number ?? 0));
  expect(wayOf(attack(gone, [EVE]))).toBeUndefined();
});

test('of the ways the one with the fewest calls is told, of equal ones the first by ARN, and those who lead to each other end', () => {
  const state = account('lambda', ['iam:*', 'lambda:*']);
  expect(wayOf(attack(state, [EVE]))).toEqual([`iam:CreateAccessKey ${ADA}`]);
  const twoCalls = account('lambda', ['iam:PassRole', 'lambda:*', 'iam:UpdateAssumeRolePolicy']);
  expect(wayOf(attack(twoCalls, [EVE]))).toEqual([`iam:UpdateAssumeRolePolicy ${STRONG}`, `sts:AssumeRole ${STRONG}`]);
  expect(attack(state)).toEqual(attack(state));
});

test('a Deny of its own binds whoever gives itself every right', () => {
  const others = ['iam:Create*', 'iam:Update*', 'iam:*RolePolicy'];
  const bound = attack(account('backup', ['iam:AttachUserPolicy'], [DELETES, ...others]), [EVE]);
  expect(wayOf(bound)).toBeUndefined();
  const free = attack(account('backup', ['iam:AttachUserPolicy'], others), [EVE]);
  expect(wayOf(free)).toEqual([`iam:AttachUserPolicy ${EVE}`]);
});
