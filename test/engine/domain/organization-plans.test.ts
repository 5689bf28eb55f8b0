import { createBackupSelection } from '../../../engine/src/operations/backup/create-backup-selection';
import { describeEffectivePolicy } from '../../../engine/src/operations/organizations/describe-effective-policy';
import { disableAWSServiceAccess } from '../../../engine/src/operations/organizations/disable-aws-service-access';
import { disablePolicyType } from '../../../engine/src/operations/organizations/disable-policy-type';
import { enableAWSServiceAccess } from '../../../engine/src/operations/organizations/enable-aws-service-access';
import { leaveOrganization } from '../../../engine/src/operations/organizations/leave-organization';
import { listAWSServiceAccessForOrganization } from '../../../engine/src/operations/organizations/list-aws-service-access-for-organization';
import { moveAccount } from '../../../engine/src/operations/organizations/move-account';
import { updatePolicy } from '../../../engine/src/operations/organizations/update-policy';
import { resource, until, vault } from '../scenarios/stage';
import {
  BACKUP,
  MANAGEMENT,
  MEMBER,
  assign,
  content,
  nameOfFault,
  organization,
  plans,
  put,
} from '../scenarios/organization-stage';

describe('backup policies become plans', () => {
  test('in each account below and each Region, the management account too, as nobody else may change them (B11.1/8, B11.2/6)', () => {
    const { state, root } = organization();
    put(state, 'base', content({ regions: assign(['eu-central-1', 'eu-west-1']) }), root);
    expect(plans(state)).toEqual([
      '000000000001 eu-central-1 central: daily 30',
      '000000000001 eu-west-1 central: daily 30',
      '000000000002 eu-central-1 central: daily 30',
      '000000000002 eu-west-1 central: daily 30',
    ]);
    const plan = state.ledger.plans.list()[0];
    expect(plan?.id).toMatch(/^orgs\/[0-9a-f-]{36}$/);
    const BackupSelection = { SelectionName: 'more', IamRoleArn: 'arn:aws:iam::1:role/a', Resources: ['*'] };
    const caller = plan?.declaration.env ?? MEMBER;
    const add = () => createBackupSelection(state, caller, { BackupPlanId: plan?.id, BackupSelection });
    expect(nameOfFault(add)).toBe('InvalidRequestException');
  });

  test('only with the type enabled and trusted access (B11.2/7)', () => {
    const { state, root } = organization();
    put(state, 'base', content(), root);
    expect(plans(state)).toHaveLength(2);
    expect(listAWSServiceAccessForOrganization(state, MANAGEMENT, {}).EnabledServicePrincipals).toHaveLength(1);
    disableAWSServiceAccess(state, MANAGEMENT, { ServicePrincipal: BACKUP });
    expect(plans(state)).toEqual([]);
    enableAWSServiceAccess(state, MANAGEMENT, { ServicePrincipal: BACKUP });
    expect(plans(state)).toHaveLength(2);
    disablePolicyType(state, MANAGEMENT, { RootId: root, PolicyType: 'BACKUP_POLICY' });
    expect(plans(state)).toEqual([]);
  });

  test('that follow policy, tree and membership (B11.2/4)', () => {
    const { state, root, unit } = organization();
    const PolicyId = put(state, 'base', content(), unit);
    expect(plans(state)).toEqual(['000000000002 eu-central-1 central: daily 30']);
    const [before] = state.ledger.plans.list();
    until(state, '2027-01-02');
    const rules = { lifecycle: { delete_after_days: assign('60') } };
    updatePolicy(state, MANAGEMENT, { PolicyId, Content: content({}, rules) });
    expect(plans(state)).toEqual(['000000000002 eu-central-1 central: daily 60']);
    const [after] = state.ledger.plans.list();
    expect([after?.id, after?.versionId === before?.versionId]).toEqual([before?.id, false]);
    const AccountId = MEMBER.account;
    moveAccount(state, MANAGEMENT, { AccountId, SourceParentId: unit, DestinationParentId: root });
    expect(plans(state)).toEqual([]);
    moveAccount(state, MANAGEMENT, { AccountId, SourceParentId: root, DestinationParentId: unit });
    expect(plans(state)).toHaveLength(1);
    leaveOrganization(state, MEMBER, {});
    expect(plans(state)).toEqual([]);
  });

  test('vector 20: a child may append Regions where the parent lets it, and not shorten what is closed (B11.2/1, B11.2/2)', () => {
    const { state, root, unit } = organization();
    const closed = {
      lifecycle: { '@@operators_allowed_for_child_policies': ['@@none'], delete_after_days: assign('30') },
    };
    const regions = { '@@operators_allowed_for_child_policies': ['@@append'], ...assign(['eu-central-1']) };
    put(state, 'parent', content({ regions }, closed), root);
    const child = {
      central: {
        regions: { '@@append': ['eu-west-1'] },
        rules: { Daily: { lifecycle: { delete_after_days: assign('7') } } },
      },
    };
    put(state, 'child', JSON.stringify({ plans: child }), unit);
    expect(plans(state)).toEqual([
      '000000000001 eu-central-1 central: daily 30',
      '000000000002 eu-central-1 central: daily 30',
      '000000000002 eu-west-1 central: daily 30',
    ]);
    const { EffectivePolicy } = describeEffectivePolicy(state, MEMBER, { PolicyType: 'BACKUP_POLICY' });
    expect(JSON.parse(EffectivePolicy?.PolicyContent ?? '')).toMatchObject({
      plans: {
        central: {
          regions: ['eu-central-1', 'eu-west-1'],
          rules: { daily: { lifecycle: { delete_after_days: '30' } } },
        },
      },
    });
    const none = () => describeEffectivePolicy(state, MEMBER, { PolicyType: 'TAG_POLICY' });
    expect(nameOfFault(none)).toBe('InvalidInputException');
  });

  test('and stay as they were when the effective policy is no longer complete (B11.2/5)', () => {
    const { state, root } = organization();
    const PolicyId = put(state, 'base', content(), root);
    expect(plans(state)).toHaveLength(2);
    updatePolicy(state, MANAGEMENT, {
      PolicyId,
      Content: '{"plans":{"central":{"regions":{"@@assign":["eu-west-1"]}}}}',
    });
    expect(plans(state)).toEqual([
      '000000000001 eu-central-1 central: daily 30',
      '000000000002 eu-central-1 central: daily 30',
    ]);
    expect(state.events().filter((event) => event.what === 'policy not enforced')).toHaveLength(2);
  });

  test('whose jobs run in the member account, by the opt-in of the management account (B3.3/6)', () => {
    const files = resource('efs', 'fs-1', { env: MEMBER, tags: { backup: 'daily' } });
    const off = { resourceTypeOptInPreference: { EFS: false } };
    const estate = { vaults: [vault('main', { env: MEMBER })], resources: [files] };
    const ran = (env: typeof MEMBER) => {
      const { state, root } = organization({ ...estate, regionSettings: [{ env, ...off }] });
      put(state, 'base', content(), root);
      until(state, '2027-01-03');
      return state.jobsOf(files.arn).map((job) => `${job.planName} ${job.ruleName} ${job.state}`);
    };
    expect(ran(MEMBER)).toEqual(['central daily COMPLETED', 'central daily COMPLETED']);
    expect(ran(MANAGEMENT)).toEqual([]);
  });

  test('that fail where the vault they name is missing (B11.1/5)', () => {
    const files = resource('efs', 'fs-1', { env: MEMBER, tags: { backup: 'daily' } });
    const { state, root } = organization({ resources: [files] });
    put(state, 'base', content(), root);
    until(state, '2027-01-02');
    expect(state.jobsOf(files.arn)).toMatchObject([{ state: 'FAILED' }]);
  });
});
