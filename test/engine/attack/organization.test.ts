/** What the management account, delegated administrators and strangers can do to the backups of others. */
import { Attempt, attack } from '../../../engine/src/attack/attack';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { createReportPlan } from '../../../engine/src/operations/backup/create-report-plan';
import { createKey } from '../../../engine/src/operations/kms/create-key';
import { createGrant } from '../../../engine/src/operations/kms/create-grant';
import { attachPolicy } from '../../../engine/src/operations/organizations/attach-policy';
import { createPolicy } from '../../../engine/src/operations/organizations/create-policy';
import { enablePolicyType } from '../../../engine/src/operations/organizations/enable-policy-type';
import { updatePolicy } from '../../../engine/src/operations/organizations/update-policy';
import { putResourcePolicy } from '../../../engine/src/operations/organizations/put-resource-policy';
import { registerDelegatedAdministrator } from '../../../engine/src/operations/organizations/register-delegated-administrator';
import { deregisterDelegatedAdministrator } from '../../../engine/src/operations/organizations/deregister-delegated-administrator';
import { createBucket } from '../../../engine/src/operations/s3/create-bucket';
import { putBucketPolicy } from '../../../engine/src/operations/s3/put-bucket-policy';
import { Guardrail, GuardrailPolicies, PlainValues } from '@holdfast/model';
import { BACKUP, content, MANAGEMENT, MEMBER, organization, put, Stage } from '../scenarios/organization-stage';
import { vault } from '../scenarios/stage';

const KEY_ID = '1b2c3d4e-0000-4000-8000-000000000009';
const KEY = `arn:aws:kms:${MEMBER.region}:${MEMBER.account}:key/${KEY_ID}`;
const STRANGER = 'arn:aws:iam::999999999999:role/stranger';
const administrator = (account: string) => `arn:aws:iam::${account}:role/Administrator`;
const MANAGER = administrator(MANAGEMENT.account);

function staged(): Stage {
  return organization({ vaults: [vault('main', { env: MEMBER, encryptionKeyArn: KEY })] });
}

function attach(state: WorldState, Name: string, Type: 'SERVICE_CONTROL_POLICY', TargetId: string): void {
  const Content = JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Deny', Action: '*', Resource: '*' } });
  const { Policy } = createPolicy(state, MANAGEMENT, { Name, Type, Content, Description: '' });
  attachPolicy(state, MANAGEMENT, { PolicyId: Policy?.PolicySummary?.Id, TargetId });
}

function outcome({ action, does, succeeds, because }: Attempt): [string, string, string] {
  return [action, does, succeeds ? 'through' : because];
}

function attempts(state: WorldState, as: string, ...targets: Attempt['target'][]): Attempt[] {
  return attack(state, [as]).attempts.filter(({ target }) => targets.includes(target));
}

test('the management account is bound by no policy: it detaches, empties and disables them, and moves members (B11.4/1)', () => {
  const { state, unit } = staged();
  attach(state, 'guardrails', 'SERVICE_CONTROL_POLICY', unit);
  put(state, 'plans', content(), unit);
  const through = attempts(state, MANAGER, 'organization', 'organization-policy', 'member-account');
  expect(through.map(outcome)).toEqual([
    ['organizations:DisablePolicyType', 'detaches every service control policy', 'through'],
    [
      'organizations:DisablePolicyType',
      'detaches every resource control policy',
      'the organization has no such policies',
    ],
    ['organizations:DisablePolicyType', 'detaches every backup policy, and ends its plans', 'through'],
    ['organizations:DisableAWSServiceAccess', expect.any(String), 'through'],
    ['organizations:DeleteResourcePolicy', expect.any(String), 'there is no such policy'],
    ['organizations:PutResourcePolicy', 'lets others change the policies', 'through'],
    ['organizations:DeleteOrganization', expect.any(String), 'member accounts stop it'],
    ['backup:UpdateGlobalSettings', 'ends copies to other accounts', 'copies to other accounts are off'],
    ...['guardrails', 'plans'].flatMap(() => [
      ['organizations:DetachPolicy', 'takes the policy away', 'through'],
      ['organizations:UpdatePolicy', 'empties the policy', 'through'],
      ['organizations:DeletePolicy', 'deletes the policy', 'it has to be detached first'],
    ]),
    ['organizations:MoveAccount', expect.any(String), 'through'],
    ['organizations:RemoveAccountFromOrganization', expect.any(String), 'through'],
    ['organizations:CloseAccount', expect.any(String), 'through'],
    ['organizations:DeregisterDelegatedAdministrator', expect.any(String), 'the account is no delegated administrator'],
  ]);
});

test('a member tries none of it, and everybody of the management account does', () => {
  const { state } = staged();
  const { attackers, attempts: all } = attack(state);
  const ofTheOrganization = all.filter(({ target }) => /^(organization|member-account)/.test(target));
  expect(new Set(ofTheOrganization.map(({ principal }) => principal.split(':')[4]))).toEqual(
    new Set([MANAGEMENT.account]),
  );
  expect(attackers.map(({ principal }) => principal)).toEqual(
    expect.arrayContaining([`arn:aws:iam::${MANAGEMENT.account}:root`, administrator(MEMBER.account)]),
  );
});

test('the management account does not leave, nor is it closed before its members; they do, unless they are delegated to', () => {
  const { state } = staged();
  const leaving = (account: string) =>
    attempts(state, administrator(account), 'account')
      .filter(({ action }) => /LeaveOrganization|CloseAccount/.test(action))
      .map(({ because }) => because);
  expect(leaving(MANAGEMENT.account)).toEqual([
    'the management account cannot leave',
    'the management account cannot be closed before its members',
  ]);
  expect(leaving(MEMBER.account)).toEqual([
    expect.stringMatching(/^nothing stops it/),
    expect.stringMatching(/^nothing/),
  ]);
  registerDelegatedAdministrator(state, MANAGEMENT, { AccountId: MEMBER.account, ServicePrincipal: BACKUP });
  expect(leaving(MEMBER.account)[0]).toBe('the account is a delegated administrator');
  const moves = attempts(state, MANAGER, 'member-account').map(({ action, succeeds }) => [action, succeeds]);
  expect(moves).toEqual([
    ['organizations:MoveAccount', true],
    ['organizations:RemoveAccountFromOrganization', false],
    ['organizations:CloseAccount', true],
    ['organizations:DeregisterDelegatedAdministrator', true],
  ]);
});

test('a delegated administrator changes policies as far as the resource policy of the organization lets it (B11.7/2)', () => {
  const { state, unit } = staged();
  put(state, 'plans', content(), unit);
  const delegate = administrator(MEMBER.account);
  expect(attempts(state, delegate, 'organization-policy')).toEqual([]);
  registerDelegatedAdministrator(state, MANAGEMENT, { AccountId: MEMBER.account, ServicePrincipal: BACKUP });
  const through = () =>
    attempts(state, delegate, 'organization-policy')
      .filter(({ succeeds }) => succeeds)
      .map(({ action }) => action);
  expect(through()).toEqual([]);
  const Statement = {
    Sid: 'Delegate',
    Effect: 'Allow',
    Principal: { AWS: MEMBER.account },
    Action: ['organizations:UpdatePolicy', 'organizations:DescribePolicy'],
    Resource: '*',
  };
  putResourcePolicy(state, MANAGEMENT, { Content: JSON.stringify({ Version: '2012-10-17', Statement }) });
  expect(through()).toEqual(['organizations:UpdatePolicy']);
  deregisterDelegatedAdministrator(state, MANAGEMENT, { AccountId: MEMBER.account, ServicePrincipal: BACKUP });
  expect(through()).toEqual(['organizations:UpdatePolicy']);
});

describe('a stranger', () => {
  const open = (Action: string, Resource: string) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Sid: 'Own', Effect: 'Allow', Principal: { AWS: MEMBER.account }, Action: '*', Resource },
        { Sid: 'Stranger', Effect: 'Allow', Principal: { AWS: '999999999999' }, Action, Resource },
      ],
    });

  /** A key with a grant and a bucket with reports, both open to another account. */
  function exposed(): Stage {
    const stage = staged();
    const { state } = stage;
    const Tags = [{ TagKey: 'backup-key', TagValue: 'true' }];
    createKey(state, MEMBER, { Tags, Policy: open('kms:*', '*') }, KEY_ID);
    createGrant(state, MEMBER, {
      KeyId: KEY,
      GranteePrincipal: administrator(MEMBER.account),
      Operations: ['Decrypt'],
    });
    const Bucket = 'backup-reports';
    const CreateBucketConfiguration = { LocationConstraint: 'eu-central-1' as const };
    createBucket(state, MEMBER, { Bucket, CreateBucketConfiguration });
    putBucketPolicy(state, MEMBER, { Bucket, Policy: open('s3:*', `arn:aws:s3:::${Bucket}/*`) });
    createReportPlan(state, MEMBER, {
      ReportPlanName: 'jobs',
      ReportSetting: { ReportTemplate: 'BACKUP_JOB_REPORT' },
      ReportDeliveryChannel: { S3BucketName: Bucket },
    });
    return stage;
  }

  test('gets at what the policies of keys and buckets leave open, and at nothing else', () => {
    const { state } = exposed();
    const own = attack(state, [STRANGER]);
    expect(own.attackers).toEqual([{ principal: STRANGER, supposed: true }]);
    expect(own.attempts.map(({ action, resource, succeeds }) => [action, resource, succeeds])).toEqual([
      ['kms:RevokeGrant', KEY, true],
      ['kms:RetireGrant', KEY, false],
      ['s3:DeleteObject', 'arn:aws:s3:::backup-reports', true],
    ]);
    // Nobody keeps those of the account itself from its buckets.
    expect(attempts(state, administrator(MEMBER.account), 'report-bucket')).toEqual([]);
  });

  test('retires a grant that names it for that, whatever the policy of the key says', () => {
    const { state } = staged();
    createKey(state, MEMBER, {}, KEY_ID);
    const tried = () => attempts(state, STRANGER, 'key').map(({ action, succeeds }) => [action, succeeds]);
    const grant = { KeyId: KEY, GranteePrincipal: administrator(MEMBER.account), Operations: ['Decrypt' as const] };
    createGrant(state, MEMBER, grant);
    expect(tried()).toEqual([
      ['kms:RevokeGrant', false],
      ['kms:RetireGrant', false],
    ]);
    createGrant(state, MEMBER, { ...grant, RetiringPrincipal: STRANGER });
    expect(tried()).toEqual([
      ['kms:RevokeGrant', false],
      ['kms:RetireGrant', true],
    ]);
  });

  test('without a grant there is none to revoke', () => {
    const { state } = staged();
    createKey(state, MEMBER, { Policy: open('kms:*', '*') }, KEY_ID);
    expect(attempts(state, STRANGER, 'key').map(({ because }) => because)).toEqual(['the key has no grant']);
  });

  test.each([
    ['keys-only-inside-organization', 'kms:RevokeGrant'],
    ['report-buckets-only-inside-organization', 's3:DeleteObject'],
  ])('is stopped by %s, and gets through %s without it (B11.4/3)', (id, action) => {
    const { state, root } = exposed();
    const organizationId = state.ledger.organizations.list()[0]?.id ?? '';
    const guardrails = [
      Guardrail.keysOnlyInsideOrganization({ organizationId }),
      Guardrail.reportBucketsOnlyInsideOrganization({ organizationId, bucketNames: ['backup-reports'] }),
    ];
    enablePolicyType(state, MANAGEMENT, { RootId: root, PolicyType: 'RESOURCE_CONTROL_POLICY' });
    const rcp = (name: string, chosen: Guardrail[]) => {
      const { policies } = GuardrailPolicies.pack({ guardrails: chosen, policyName: name }, '', new PlainValues());
      expect(policies.map(({ policyType }) => policyType)).toEqual(['RESOURCE_CONTROL_POLICY']);
      return JSON.stringify(policies[0]?.content);
    };
    const { Policy } = createPolicy(state, MANAGEMENT, {
      Name: 'perimeter',
      Type: 'RESOURCE_CONTROL_POLICY',
      Content: rcp('perimeter', guardrails),
      Description: '',
    });
    attachPolicy(state, MANAGEMENT, { PolicyId: Policy?.PolicySummary?.Id, TargetId: root });
    // Who may retire a grant is a matter of the grant, to which neither guardrail comes.
    const stopped = attack(state, [STRANGER]).attempts.filter((one) => one.action !== 'kms:RetireGrant');
    expect(stopped.map(({ stoppedBy }) => stoppedBy?.policyType)).toEqual(['resource-control', 'resource-control']);
    const rest = guardrails.filter((guardrail) => guardrail.id !== id);
    updatePolicy(state, MANAGEMENT, { PolicyId: Policy?.PolicySummary?.Id, Content: rcp('perimeter', rest) });
    const through = attack(state, [STRANGER]).attempts.filter(({ succeeds }) => succeeds);
    expect(through.map((attempt) => attempt.action)).toEqual([action]);
  });
});
