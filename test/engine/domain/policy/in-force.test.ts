// Who somebody is in a World, and which policies bear on what they ask.
import { isKnown, PolicyShelf, principalOf, Subject } from '../../../../engine/src/domain/policy/in-force';
import { createPolicy as createManagedPolicy } from '../../../../engine/src/operations/iam/create-policy';
import { attachRolePolicy } from '../../../../engine/src/operations/iam/attach-role-policy';
import { createRole } from '../../../../engine/src/operations/iam/create-role';
import { createUser } from '../../../../engine/src/operations/iam/create-user';
import { putRolePermissionsBoundary } from '../../../../engine/src/operations/iam/put-role-permissions-boundary';
import { putRolePolicy } from '../../../../engine/src/operations/iam/put-role-policy';
import { attachPolicy } from '../../../../engine/src/operations/organizations/attach-policy';
import { createPolicy } from '../../../../engine/src/operations/organizations/create-policy';
import { enablePolicyType } from '../../../../engine/src/operations/organizations/enable-policy-type';
import { MANAGEMENT, MEMBER, organization } from '../../scenarios/organization-stage';

const STATEMENT = { Effect: 'Allow', Action: 'backup:*', Resource: '*' };
const DOCUMENT = JSON.stringify({ Version: '2012-10-17', Statement: [STATEMENT] });
const TRUST = JSON.stringify({ Version: '2012-10-17', Statement: [] });
const IAM = `arn:aws:iam::${MEMBER.account}`;
const STS = `arn:aws:sts::${MEMBER.account}`;
const BACKUPS = 'arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup';
const OPERATOR = `${IAM}:role/team/Operator`;
const LINKED = 'aws-service-role/backup.amazonaws.com';

/** A member of an organization with a role, a user and a service-linked role. */
function stage() {
  const { state, root, unit } = organization();
  const Tags = [{ Key: 'team', Value: 'a' }];
  const operator = createRole(state, MEMBER, {
    RoleName: 'Operator',
    Path: '/team/',
    AssumeRolePolicyDocument: TRUST,
    Tags,
  });
  createUser(state, MEMBER, { UserName: 'ann', Tags });
  return { state, root, unit, roleId: operator.Role?.RoleId };
}

// prettier-ignore
test.each<[text: string, principal: object | undefined]>([
  [OPERATOR,                                  { kind: 'role-session', arn: OPERATOR, sessionName: 'session', tags: { team: 'a' } }],
  [`${STS}:assumed-role/Operator/ann`,        { kind: 'role-session', arn: OPERATOR, sessionName: 'ann', tags: { team: 'a' } }],
  [`${STS}:assumed-role/Stranger/ann`,        { kind: 'role-session', arn: `${IAM}:role/Stranger`, sessionName: 'ann', userId: 'AROAUNKNOWN:ann', tags: {} }],
  [`${IAM}:role/${LINKED}/AWSServiceRoleForBackup`, { kind: 'service-linked-role', sessionName: 'session' }],
  [`${IAM}:user/ann`,                         { kind: 'user', arn: `${IAM}:user/ann`, userId: expect.stringMatching(/^AIDA[A-Z0-9]+$/), tags: { team: 'a' } }],
  [`${IAM}:root`,                             { kind: 'root', arn: `${IAM}:root`, userId: MEMBER.account }],
  ['backup.amazonaws.com',                    { kind: 'service', arn: 'backup.amazonaws.com', account: '', userId: '' }],
  ['backup.amazonaws.com.cn',                 { kind: 'service' }],
  ['backup.example.com',                      undefined],
  ['ann',                                     undefined],
  [`${IAM}:group/admins`,                     undefined],
  [`${IAM}:role/`,                            undefined],
  [`${STS}:assumed-role/Operator`,            undefined],
  [`${STS}:assumed-role/Operator/`,           undefined],
  ['arn:aws:iam::1111:root',                  undefined],
  [`arn:aws:s3::${MEMBER.account}:root`,      undefined],
  [`x${IAM}:root`,                            undefined],
  [`${IAM}:root/x`,                           undefined],
])('%s is %j', (text, principal) => {
  const { state, roleId } = stage();
  const found = principalOf(state.ledger, text);
  if (principal === undefined) {
    expect(found).toBeUndefined();
    return;
  }
  expect(found).toMatchObject(principal);
  if (found?.kind !== 'service') {
    expect(found).toMatchObject({ account: MEMBER.account, organization: { isManagementAccount: false } });
  }
  if (found?.arn === OPERATOR) {
    expect(found.userId).toBe(`${roleId}:${found.sessionName}`);
  }
});

test('who is in no organization has no place in one', () => {
  const { state } = stage();
  for (const text of ['arn:aws:iam::999988887777:root', 'arn:aws:iam::999988887777:role/r']) {
    expect(principalOf(state.ledger, text)).not.toHaveProperty('organization');
  }
  const management = principalOf(state.ledger, `arn:aws:iam::${MANAGEMENT.account}:root`);
  expect(management?.organization?.isManagementAccount).toBe(true);
});

test.each([
  [true, OPERATOR],
  [true, `${IAM}:user/ann`],
  [true, `${IAM}:root`],
  [true, 'backup.amazonaws.com'],
  [false, `${IAM}:role/Stranger`],
  [false, `${IAM}:user/Stranger`],
])('a World knows (%p) the policies of %s', (known, text) => {
  const { ledger } = stage().state;
  expect(isKnown(ledger, principalOf(ledger, text)!)).toBe(known);
});

function inForce(state: ReturnType<typeof stage>['state'], text: string, subject: Subject = {}) {
  const principal = principalOf(state.ledger, text)!;
  const resource = `arn:aws:s3:::reports`;
  const request = { principal, action: 's3:DeleteObject', resource, resourceAccount: MEMBER.account };
  return state.ledger.shelf.inForce(request, subject, [{ name: 'unknown', document: DOCUMENT }]);
}

const names = (policies: readonly { name: string }[] = []) => policies.map(({ name }) => name);

test('a role has its inline policies, those of its account and of AWS, and its boundary', () => {
  const { state } = stage();
  expect(inForce(state, OPERATOR)).not.toHaveProperty('permissionsBoundary');
  const PolicyArn =
    createManagedPolicy(state, MEMBER, { PolicyName: 'own', PolicyDocument: DOCUMENT }).Policy?.Arn ?? '';
  putRolePolicy(state, MEMBER, { RoleName: 'Operator', PolicyName: 'inline', PolicyDocument: DOCUMENT });
  attachRolePolicy(state, MEMBER, { RoleName: 'Operator', PolicyArn });
  attachRolePolicy(state, MEMBER, { RoleName: 'Operator', PolicyArn: BACKUPS });
  putRolePermissionsBoundary(state, MEMBER, { RoleName: 'Operator', PermissionsBoundary: PolicyArn });
  // One that AWS manages and that is not carried allows nothing.
  state.ledger.roles.tryFindRole(OPERATOR)?.attached.add('arn:aws:iam::aws:policy/NotCarried');
  const found = inForce(state, OPERATOR);
  expect(names(found.identity)).toEqual([`inline of ${OPERATOR}`, PolicyArn, BACKUPS]);
  expect(found.identity[1]?.document).toBe(DOCUMENT);
  expect(found.permissionsBoundary?.name).toBe(PolicyArn);
  expect(found.identity[0]).toBe(inForce(state, OPERATOR).identity[0]);
  expect([
    names(inForce(state, `${IAM}:user/ann`).identity),
    names(inForce(state, `${IAM}:user/bea`).identity),
  ]).toEqual([[], ['unknown']]);
});

test('policies that nobody knows are named, the boundary with them', () => {
  const { state } = stage();
  const role = state.ledger.roles.tryFindRole(OPERATOR)!;
  const shelf = new PolicyShelf(state.ledger);
  expect(shelf.unknownPoliciesOf(role)).toEqual([]);
  [BACKUPS, `${IAM}:policy/other`].forEach((arn) => role.attached.add(arn));
  expect(shelf.unknownPoliciesOf(role)).toEqual([`${IAM}:policy/other`]);
  role.boundary = `${IAM}:policy/bounds`;
  expect(shelf.unknownPoliciesOf(role)).toEqual([`${IAM}:policy/other`, `${IAM}:policy/bounds`]);
  role.boundary = BACKUPS;
  expect(shelf.unknownPoliciesOf(role)).toEqual([`${IAM}:policy/other`]);
});

test('what was passed with a session limits it, and a policy that is gone allows nothing', () => {
  const { state } = stage();
  expect(inForce(state, OPERATOR)).not.toHaveProperty('session');
  const gone = `${IAM}:policy/gone`;
  const limits = { policy: DOCUMENT, policyArns: [BACKUPS, gone] };
  const { session = [] } = inForce(state, OPERATOR, { limits });
  expect(names(session)).toEqual(['session policy', BACKUPS, gone]);
  expect(JSON.parse(session[2]?.document as string)).toMatchObject({ Statement: [] });
  expect(names(inForce(state, OPERATOR, { limits: { policyArns: [BACKUPS] } }).session)).toEqual([BACKUPS]);
});

test('policies of resources bear on what is asked of them', () => {
  const { state } = stage();
  expect(inForce(state, OPERATOR, { policy: DOCUMENT }).resource?.name).toBe('policy of arn:aws:s3:::reports');
  const role = state.ledger.roles.tryFindRole(OPERATOR);
  expect(inForce(state, OPERATOR, { role }).trust).toEqual({ name: `trust policy of ${OPERATOR}`, document: TRUST });
});

test('policies of an organization bear on its members once their kind is on, from the root down', () => {
  const { state, root, unit } = stage();
  const Content = DOCUMENT;
  const put = (Type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY', Name: string) => {
    const made = createPolicy(state, MANAGEMENT, { Type, Name, Content, Description: '' });
    return made.Policy?.PolicySummary?.Id;
  };
  attachPolicy(state, MANAGEMENT, { PolicyId: put('SERVICE_CONTROL_POLICY', 'guard'), TargetId: unit });
  const { scps = [], rcps } = inForce(state, OPERATOR);
  expect(scps.map(({ target }) => target)).toEqual([root, unit, MEMBER.account]);
  expect(scps.map(({ policies }) => names(policies))).toEqual([
    ['FullAWSAccess'],
    ['FullAWSAccess', 'guard'],
    ['FullAWSAccess'],
  ]);
  expect(rcps).toEqual([]);
  enablePolicyType(state, MANAGEMENT, { RootId: root, PolicyType: 'RESOURCE_CONTROL_POLICY' });
  attachPolicy(state, MANAGEMENT, { PolicyId: put('RESOURCE_CONTROL_POLICY', 'fence'), TargetId: MEMBER.account });
  const bound = inForce(state, 'backup.amazonaws.com').rcps ?? [];
  expect(bound.map(({ policies }) => names(policies)).at(-1)).toEqual(['RCPFullAWSAccess', 'fence']);
  expect(inForce(state, OPERATOR).scps).toEqual(scps);
  expect(inForce(state, 'arn:aws:iam::999988887777:role/r').scps).toEqual([]);
  expect(inForce(state, 'backup.amazonaws.com').scps).toEqual([]);
});
