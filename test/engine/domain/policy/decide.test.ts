import { decide } from '../../../../engine/src/domain/policy/decide';
import type { PoliciesInForce } from '../../../../engine/src/domain/policy/policies';
import type { AuthorizationRequest, Principal } from '../../../../engine/src/domain/policy/request';
import { accessDeniedText } from '../../../../engine/src/domain/policy/texts';
import { ALLOW_ALL, FULL, Json, OTHER, OWNER, policy, requestFor, roleOf } from './place-table';

const SNAPSHOT = 'arn:aws:ec2:eu-west-1::snapshot/snap-1';
const KEY = `arn:aws:kms:eu-west-1:${OWNER}:key/k`;
const request = requestFor('identity', 'same');

function kind(of: Partial<Principal>): AuthorizationRequest {
  return { ...request, principal: { ...request.principal, ...of } };
}

function verdict(asked: AuthorizationRequest, policies: Partial<PoliciesInForce>) {
  const { how, policyType, policyName, statement } = decide(asked, { identity: [], ...policies });
  return [how, policyType, policyName, statement].filter((part) => part !== undefined).join(' ');
}

function identity(statement: Json): PoliciesInForce {
  return { identity: [policy('p', { Sid: 'S', ...statement })] };
}

describe('who is bound by policies of an organization', () => {
  const denying = policy('Guard', { Sid: 'No', Effect: 'Deny', Action: 'backup:*', Resource: '*' });
  const scps = [{ target: 'r-ab12', policies: [FULL, denying] }];
  const management = { id: 'o-a', path: 'o-a/r-ab12/', isManagementAccount: true };

  test('a member account is, the management account and service-linked roles are not (B11.4/1)', () => {
    expect(verdict(request, { identity: [FULL], scps })).toBe('explicit-deny service-control Guard at r-ab12 No');
    expect(verdict(kind({ organization: management }), { identity: [FULL], scps })).toMatch(/^allowed identity/);
    expect(verdict(kind({ kind: 'service-linked-role' }), { identity: [FULL], scps })).toMatch(/^allowed identity/);
  });

  test('the root user of a member account is, and needs no other leave (B11.4/1)', () => {
    const root = kind({ kind: 'root', arn: `arn:aws:iam::${OWNER}:root` });
    expect(verdict(root, { scps })).toBe('explicit-deny service-control Guard at r-ab12 No');
    expect(verdict(root, {})).toBe('allowed identity');
  });

  test('each level has to allow, not one of them (B11.4/1)', () => {
    const level = (target: string, ...statements: Json[]) => ({ target, policies: [policy(target, ...statements)] });
    const narrow = { Effect: 'Allow', Action: 'ec2:*', Resource: '*' };
    const closed = [level('r-ab12', ALLOW_ALL), level('ou-1', narrow), level(OWNER, ALLOW_ALL)];
    expect(verdict(request, { identity: [FULL], scps: closed })).toBe('implicit-deny service-control');
    const open = [level('r-ab12', ALLOW_ALL), level('ou-1', narrow, ALLOW_ALL), level(OWNER, ALLOW_ALL)];
    expect(verdict(request, { identity: [FULL], scps: open })).toMatch(/^allowed identity/);
  });

  test('a resource control policy does not bind AWS Backup, nor kms:RetireGrant, nor the management account (B11.4/3)', () => {
    const rcps = [
      {
        target: 'r-ab12',
        policies: [policy('R', { Sid: 'No', Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' })],
      },
    ];
    const keyPolicy = policy('k', { Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' });
    const onKey = (action: string) => ({ ...request, action, resource: KEY });
    expect(verdict(request, { identity: [FULL], rcps })).toMatch(/^allowed/);
    expect(verdict(onKey('kms:Decrypt'), { keyPolicy, rcps })).toBe('explicit-deny resource-control R at r-ab12 No');
    expect(verdict(onKey('kms:RetireGrant'), { keyPolicy, rcps })).toMatch(/^allowed/);
    const managed = { ...onKey('kms:Decrypt'), resourceOrganization: management };
    expect(verdict(managed, { keyPolicy, rcps })).toMatch(/^allowed/);
    const slr = { ...onKey('kms:Decrypt'), principal: { ...request.principal, kind: 'service-linked-role' as const } };
    expect(verdict(slr, { keyPolicy, rcps })).toMatch(/^allowed/);
    expect(decide(request, { identity: [FULL], rcps }).notes).toContain('resource control policies do not bind backup');
  });
});

describe('what a policy of a resource gives', () => {
  const leave = (Principal: unknown) =>
    policy('vault', { Sid: 'L', Effect: 'Allow', Principal, Action: '*', Resource: '*' });
  const boundary = policy('B', { Effect: 'Allow', Action: 's3:*', Resource: '*' });
  const session = `arn:aws:sts::${OWNER}:assumed-role/Operator/ann`;

  // prettier-ignore
  test.each([
    ['the session',  { AWS: session },                          'allowed resource vault L',             'allowed resource vault L'],
    ['everybody',    '*',                                       'allowed resource vault L',             'allowed resource vault L'],
    ['the role',     { AWS: roleOf(OWNER).arn },                'allowed resource vault L',             'implicit-deny permissions-boundary'],
    ['the account',  { AWS: OWNER },                            'implicit-deny identity',               'implicit-deny identity'],
    ['another role', { AWS: `arn:aws:iam::${OWNER}:role/Else` }, 'implicit-deny identity',              'implicit-deny identity'],
  ])('naming %s: a boundary limits the role alone', (_, principal, without, within) => {
    expect(verdict(request, { resource: leave(principal) })).toBe(without);
    expect(verdict(request, { resource: leave(principal), permissionsBoundary: boundary })).toBe(within);
    expect(verdict(request, { resource: leave(principal), session: [boundary] })).toBe(
      within.replace('permissions-boundary', 'session'),
    );
  });

  test('a user that it names needs no identity policy, not even within a boundary', () => {
    const user = kind({ kind: 'user', arn: `arn:aws:iam::${OWNER}:user/ann` });
    const resource = leave({ AWS: `arn:aws:iam::${OWNER}:user/ann` });
    expect(verdict(user, { resource, permissionsBoundary: boundary })).toBe('allowed resource vault L');
  });

  test('across accounts both have to allow, even for who is named directly', () => {
    const foreign = { ...request, principal: roleOf(OTHER) };
    const resource = leave({ AWS: `arn:aws:sts::${OTHER}:assumed-role/Operator/ann` });
    expect(verdict(foreign, { resource })).toBe('implicit-deny identity');
    expect(verdict(foreign, { resource, identity: [FULL] })).toBe('allowed identity Full Statement[0]');
    expect(verdict(foreign, { identity: [FULL] })).toBe('implicit-deny resource');
  });

  test('NotPrincipal spares only whom it names with account, role and session, and nobody with a boundary', () => {
    const deny = (...AWS: string[]) =>
      policy('vault', { Sid: 'D', Effect: 'Deny', NotPrincipal: { AWS }, Action: '*', Resource: '*' });
    const whole = [session, roleOf(OWNER).arn, `arn:aws:iam::${OWNER}:root`];
    expect(verdict(request, { identity: [FULL], resource: deny(...whole) })).toMatch(/^allowed/);
    for (const left of whole) {
      const rest = whole.filter((one) => one !== left);
      expect(verdict(request, { identity: [FULL], resource: deny(...rest) })).toBe('explicit-deny resource vault D');
    }
    const within = { identity: [FULL], resource: deny(...whole), permissionsBoundary: FULL };
    expect(verdict(request, within)).toBe('explicit-deny resource vault D');
  });

  test('a service needs to be named', () => {
    const service = kind({ kind: 'service', arn: 'backup.amazonaws.com', account: '', userId: '' });
    expect(verdict(service, { resource: leave({ Service: 'backup.amazonaws.com' }) })).toBe('allowed resource vault L');
    expect(verdict(service, { identity: [FULL], resource: leave({ Service: 'sns.amazonaws.com' }) })).toBe(
      'implicit-deny resource',
    );
  });
});

describe('keys', () => {
  const asked = { ...request, action: 'kms:Decrypt', resource: KEY };
  const delegating = policy('k', {
    Sid: 'Root',
    Effect: 'Allow',
    Principal: { AWS: OWNER },
    Action: '*',
    Resource: '*',
  });

  test('identity policies count for nothing unless the policy of the key gives its account leave', () => {
    const other = policy('k', { Effect: 'Allow', Principal: { AWS: OTHER }, Action: '*', Resource: '*' });
    expect(verdict(asked, { identity: [FULL], keyPolicy: other })).toBe('implicit-deny key');
    expect(verdict(asked, { identity: [FULL], keyPolicy: delegating })).toBe('allowed identity Full Statement[0]');
    expect(verdict(asked, { keyPolicy: delegating })).toBe('implicit-deny identity');
  });

  test('a grant is leave for its grantee and its operations alone', () => {
    const grants = [{ grantId: 'g1', granteePrincipal: roleOf(OWNER).arn, operations: ['Decrypt'] }];
    expect(verdict(asked, { keyPolicy: delegating, grants })).toBe('allowed grant g1 g1');
    expect(verdict({ ...asked, action: 'kms:Encrypt' }, { keyPolicy: delegating, grants })).toBe(
      'implicit-deny identity',
    );
    const others = [{ ...grants[0], grantId: 'g2', granteePrincipal: roleOf(OTHER).arn, operations: ['Decrypt'] }];
    expect(verdict(asked, { keyPolicy: delegating, grants: others })).toBe('implicit-deny identity');
  });

  test('a grant to an account lets the account give leave, and one to somebody elsewhere needs no other', () => {
    const grant = (granteePrincipal: string) => ({ grantId: 'g1', granteePrincipal, operations: ['Decrypt'] });
    const whole = [grant(`arn:aws:iam::${OWNER}:root`)];
    expect(verdict(asked, { keyPolicy: delegating, grants: whole })).toBe('implicit-deny identity');
    expect(verdict(asked, { identity: [FULL], grants: whole })).toBe('allowed identity Full Statement[0]');
    const foreign = { ...asked, principal: roleOf(OTHER) };
    expect(verdict(foreign, { keyPolicy: delegating, grants: [grant(roleOf(OTHER).arn)] })).toBe('allowed grant g1 g1');
    expect(verdict(foreign, { keyPolicy: delegating, grants: [grant(roleOf(OWNER).arn)] })).toBe('implicit-deny key');
  });

  const EQUALS = 'encryptionContextEquals';
  const SUBSET = 'encryptionContextSubset';
  const constrained = (constraints: object, asks: object) => {
    const grants = [
      {
        grantId: 'g',
        granteePrincipal: roleOf(OWNER).arn,
        operations: ['Decrypt', 'DescribeKey', 'CreateGrant'],
        constraints,
      },
    ];
    return verdict({ ...asked, ...asks }, { keyPolicy: delegating, grants }) === 'allowed grant g g';
  };

  // prettier-ignore
  test.each<[string, object, object, boolean]>([
    ['equals the pairs',                          { [EQUALS]: { a: '1', b: '2' } }, { encryptionContext: { b: '2', a: '1' } },         true],
    ['equals, in a key of another case',          { [EQUALS]: { A: '1' } },         { encryptionContext: { a: '1' } },                 true],
    ['equals, with a value of another case',      { [EQUALS]: { a: 'x' } },         { encryptionContext: { a: 'X' } },                 false],
    ['equals, with one pair more',                { [EQUALS]: { a: '1' } },         { encryptionContext: { a: '1', b: '2' } },         false],
    ['equals, with one pair less',                { [EQUALS]: { a: '1', b: '2' } }, { encryptionContext: { a: '1' } },                 false],
    ['has the pairs, and one more',               { [SUBSET]: { a: '1' } },         { encryptionContext: { a: '1', b: '2' } },         true],
    ['has not all of the pairs',                  { [SUBSET]: { a: '1', b: '2' } }, { encryptionContext: { a: '1' } },                 false],
    ['is none',                                   { [SUBSET]: { a: '1' } },         {},                                                false],
    ['is none, for what takes none',              { [EQUALS]: { a: '1' } },         { action: 'kms:DescribeKey' },                     true],
  ])('a grant with a constraint holds where the context %s', (_, constraints, asks, expected) => {
    expect(constrained(constraints, asks)).toBe(expected);
  });

  const creating = (operations: string[], constraints?: object) => ({
    action: 'kms:CreateGrant',
    grant: { operations, constraints },
  });

  // prettier-ignore
  test.each<[string, object, object, boolean]>([
    ['the same operations and constraint',        { [SUBSET]: { a: '1' } }, creating(['Decrypt'], { [SUBSET]: { a: '1' } }),         true],
    ['an operation that it has not itself',       { [SUBSET]: { a: '1' } }, creating(['Encrypt'], { [SUBSET]: { a: '1' } }),         false],
    ['no constraint',                             { [SUBSET]: { a: '1' } }, creating(['Decrypt']),                                   false],
    ['a stricter constraint',                     { [SUBSET]: { a: '1' } }, creating(['Decrypt'], { [EQUALS]: { a: '1', b: '2' } }), true],
    ['more pairs',                                { [SUBSET]: { a: '1' } }, creating(['Decrypt'], { [SUBSET]: { a: '1', b: '2' } }), true],
    ['other pairs',                               { [SUBSET]: { a: '1' } }, creating(['Decrypt'], { [SUBSET]: { b: '2' } }),         false],
    ['a looser constraint',                       { [EQUALS]: { a: '1' } }, creating(['Decrypt'], { [SUBSET]: { a: '1' } }),         false],
    ['the same pairs, exactly',                   { [EQUALS]: { a: '1' } }, creating(['Decrypt'], { [EQUALS]: { a: '1' } }),         true],
    ['fewer operations, of one without',          {},                       creating(['Decrypt']),                                   true],
  ])('by a grant, a grant with %s can be made or not', (_, constraints, asks, expected) => {
    expect(constrained(constraints, asks)).toBe(expected);
  });
});

describe('the elements of a statement', () => {
  // prettier-ignore
  test.each([
    ['actions have no case and take wildcards', { Action: 'BACKUP:delete*' }, {}, true],
    ['a wildcard in an action is for the whole', { Action: 'backup:Delete?' }, {}, false],
    ['NotAction is all the others', { NotAction: ['backup:Delete*', 's3:*'] }, {}, false],
    ['NotAction is all the others', { NotAction: 's3:*' }, {}, true],
    ['a resource takes wildcards part by part', { Resource: 'arn:aws:ec2:*:*:snapshot/*' }, {}, true],
    ['a star at the end of a part reaches beyond the colon', { Resource: 'arn:aws:ec2:*:snapshot/*' }, {}, true],
    ['a star within a part does not', { Resource: 'arn:aws:ec2:*1:snapshot/*' }, {}, false],
    ['an ARN that lacks parts is completed', { Resource: 'arn:aws:ec2' }, {}, true],
    ['points of EBS are none of arn:aws:backup (B11.5/2)', { Resource: 'arn:aws:backup:*:*:*' }, {}, false],
    ['NotResource is all the others', { NotResource: SNAPSHOT }, {}, false],
    ['NotResource is all the others', { NotResource: 'arn:aws:ec2:*:*:image/*' }, {}, true],
    ['variables are replaced', { Resource: 'arn:aws:ec2:*::snapshot/${aws:SourceIdentity}' }, { 'aws:SourceIdentity': 'snap-1' }, true],
    ['what a variable stands for is no wildcard', { Resource: 'arn:aws:ec2:*::snapshot/${aws:SourceIdentity}' }, { 'aws:SourceIdentity': 'snap-*' }, false],
    ['a variable without value matches nothing', { Resource: 'arn:aws:ec2:*::snapshot/${aws:SourceIdentity}*' }, {}, false],
    ['a variable may have a default', { Resource: "arn:aws:ec2:*::snapshot/${aws:SourceIdentity, 'snap-1'}" }, {}, true],
    ['${*} is the star itself', { Resource: 'arn:aws:ec2:*::snapshot/snap-${*}' }, {}, false],
    ['keys have no case, those of tags neither', { Condition: { StringEquals: { 'AWS:resourcetag/TEAM': 'a' } } }, {}, true],
    ['all conditions have to hold', { Condition: { StringEquals: { 'aws:ResourceTag/team': 'a' }, Bool: { 'aws:SecureTransport': 'false' } } }, {}, false],
    ['the path of a role is part of its ARN', { Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Operator' } } }, {}, false],
    ['the path of a role is part of its ARN', { Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/team/Operator' } } }, {}, true],
    ['paths of an organization are a list', { Condition: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/r-ab12/*' } } }, {}, true],
  ])('%s', (_, part, context, matches) => {
    const statement = { Effect: 'Allow', Action: '*', Resource: '*', ...part };
    const { NotAction, NotResource } = statement as Json;
    const { Action, Resource, ...rest } = statement;
    const whole = { ...rest, ...(NotAction === undefined ? { Action } : {}), ...(NotResource === undefined ? { Resource } : {}) };
    const asked = { ...request, resourceTags: { team: 'a' }, context: context as Record<string, string> };
    expect(verdict(asked, identity(whole))).toBe(matches ? 'allowed identity p S' : 'implicit-deny identity');
  });

  test('variables stand for themselves before Version 2012-10-17', () => {
    const old = {
      name: 'p',
      document: { Statement: { Effect: 'Allow', Action: '*', Resource: 'arn:aws:ec2:*::snapshot/${*}' } },
    };
    expect(verdict({ ...request, resource: 'arn:aws:ec2:eu-west-1::snapshot/${x}' }, { identity: [old] })).toMatch(
      /^allowed/,
    );
    expect(verdict(request, { identity: [old] })).toBe('implicit-deny identity');
  });

  test('a policy of ARNs does not allow an action without resource', () => {
    const asked = { ...request, action: 'backup:UpdateRegionSettings', resource: '*' };
    const allow = { Effect: 'Allow', Action: '*' };
    expect(verdict(asked, identity({ ...allow, Resource: 'arn:aws:backup:*:*:*' }))).toBe('implicit-deny identity');
    expect(verdict(asked, identity({ ...allow, Resource: '*' }))).toBe('allowed identity p S');
  });
});

test('a denial on arn:aws:backup:* leaves out points that other services name (B11.5/2)', () => {
  const asked = { ...request, action: 'backup:DeleteRecoveryPoint' };
  const denying = (Resource: string) => ({
    identity: [FULL],
    scps: [
      { target: 'r-ab12', policies: [FULL, policy('G', { Sid: 'No', Effect: 'Deny', Action: 'backup:*', Resource })] },
    ],
  });
  const point = `arn:aws:backup:eu-west-1:${OWNER}:recovery-point:p`;
  const denied = 'explicit-deny service-control G at r-ab12 No';
  expect(verdict({ ...asked, resource: point }, denying('arn:aws:backup:*'))).toBe(denied);
  expect(verdict({ ...asked, resource: SNAPSHOT }, denying('arn:aws:backup:*'))).toMatch(/^allowed/);
  expect(verdict({ ...asked, resource: SNAPSHOT }, denying('*'))).toBe(denied);
});

describe('what a verdict says besides', () => {
  test('backup:CopyTargets belongs to CopyFromBackupVault and is not there for StartCopyJob (B11.5/1)', () => {
    const guard = identity({
      Effect: 'Allow',
      Action: 'backup:*',
      Resource: '*',
      Condition: { ArnLike: { 'backup:CopyTargets': 'arn:aws:backup:*:*:backup-vault:*' } },
    });
    const context = { 'backup:CopyTargets': `arn:aws:backup:eu-west-1:${OTHER}:backup-vault:air` };
    const from = decide({ ...request, action: 'backup:CopyFromBackupVault', context }, guard);
    expect([from.allowed, from.notes]).toEqual([true, []]);
    const start = decide({ ...request, action: 'backup:StartCopyJob', context }, guard);
    expect(start.allowed).toBe(false);
    const belongs = 'backup:StartCopyJob never has it, as it belongs to backup:CopyFromBackupVault';
    expect(start.notes).toEqual([
      `the request does not carry backup:CopyTargets: ${belongs}`,
      `S of p asks for backup:CopyTargets: ${belongs}`,
    ]);
  });

  test('nothing of statements that are about other actions', () => {
    const other = identity({
      ...{ Effect: 'Allow', Action: 'backup:CopyFromBackupVault', Resource: '*' },
      Condition: { ArnLike: { 'backup:CopyTargets': '*' } },
    });
    expect(decide({ ...request, action: 'backup:StartCopyJob' }, other).notes).toEqual([]);
  });

  test('an action that AWS does not have is told', () => {
    expect(decide({ ...request, action: 'backup:DropVault' }, identity(ALLOW_ALL)).notes).toEqual([
      'backup:DropVault is no action that AWS publishes',
    ]);
    expect(decide({ ...request, action: 'backup:constructor' }, identity(ALLOW_ALL)).notes).toHaveLength(1);
  });

  test('the message of AWS names principal, action, resource and kind of policy', () => {
    const who = `User: arn:aws:sts::${OWNER}:assumed-role/Operator/ann is not authorized to perform: `;
    const none = decide(request, { identity: [] });
    expect(accessDeniedText(request, none)).toBe(
      `${who}backup:DeleteRecoveryPoint on resource: ${SNAPSHOT} because no identity-based policy allows the backup:DeleteRecoveryPoint action`,
    );
    const denied = decide(request, identity({ ...ALLOW_ALL, Effect: 'Deny' }));
    expect(accessDeniedText(request, denied)).toBe(
      `${who}backup:DeleteRecoveryPoint on resource: ${SNAPSHOT} with an explicit deny in an identity-based policy`,
    );
  });
});
