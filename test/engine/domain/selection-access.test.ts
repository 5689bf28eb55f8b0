// Whether the role of a new selection can be used, in a World whose policies decide.
import type { BackupSelection } from '@aws-sdk/client-backup';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { createBackupPlan } from '../../../engine/src/operations/backup/create-backup-plan';
import { createBackupSelection } from '../../../engine/src/operations/backup/create-backup-selection';
import { createRole } from '../../../engine/src/operations/iam/create-role';
import { updateAssumeRolePolicy } from '../../../engine/src/operations/iam/update-assume-role-policy';
import { allow, BACKUPS, DISK, enforced, own, TRUST } from '../scenarios/enforced-stage';
import { inject } from '../scenarios/fault-stage';
import { ENV, plan, ROLE, rule, vault, vaultArn, world } from '../scenarios/stage';

const BY_ARN: Partial<BackupSelection> = { Resources: [DISK.arn] };
const BY_TAG: Partial<BackupSelection> = {
  ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: 'daily' }],
};
const BY_CONDITION: Partial<BackupSelection> = {
  Resources: ['*'],
  Conditions: { StringEquals: [{ ConditionKey: 'aws:ResourceTag/backup', ConditionValue: 'daily' }] },
};

/** What AWS answers to a selection of a plan whose rule has this vault. */
function selected(state: WorldState, selection: Partial<BackupSelection>, vaultName = 'main'): string {
  const Rules = [{ RuleName: 'daily', TargetBackupVaultName: vaultName }];
  const BackupPlanName = `p${state.ledger.plans.list().length}`;
  const { BackupPlanId } = createBackupPlan(state, ENV, { BackupPlan: { BackupPlanName, Rules } });
  const BackupSelection = { SelectionName: 's', IamRoleArn: ROLE, ...selection };
  try {
    createBackupSelection(state, ENV, { BackupPlanId, BackupSelection });
    return 'selected';
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
}

const UNASSUMABLE = `InvalidParameterValueException: IAM Role ${ROLE} cannot be assumed by AWS Backup`;
const NO_TAGS = `InvalidParameterValueException: IAM Role ${ROLE} is not authorized to call tag:GetResources`;

test('a role that is not there, or does not trust AWS Backup, is refused', () => {
  const bare = world('2027-01-01', { vaults: [vault('main')] });
  expect(selected(bare, BY_ARN)).toBe('selected');
  const state = enforced();
  expect(selected(state, { ...BY_ARN, IamRoleArn: `${ROLE}2` })).toBe(UNASSUMABLE.replace(ROLE, `${ROLE}2`));
  expect(selected(state, BY_ARN)).toBe('selected');
  updateAssumeRolePolicy(state, ENV, { RoleName: 'backup', PolicyDocument: TRUST.replace('backup.', 'ec2.') });
  expect(selected(state, BY_ARN)).toBe(UNASSUMABLE);
});

test('a role that trusts AWS Backup for the vault of a rule alone can be used there', () => {
  const state = enforced();
  const trusting = (arn: string) => {
    const { Statement } = JSON.parse(TRUST) as { Statement: object };
    const only = { ...Statement, Condition: { ArnEquals: { 'aws:SourceArn': arn } } };
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: only });
    updateAssumeRolePolicy(state, ENV, { RoleName: 'backup', PolicyDocument });
  };
  trusting(vaultArn('main'));
  expect(selected(state, BY_ARN)).toBe('selected');
  expect(selected(state, BY_ARN, 'second')).toBe(UNASSUMABLE);
  // Nothing says what vault it would be.
  expect(selected(state, BY_ARN, 'missing')).toBe('selected');
  expect(selected(state, { ...BY_ARN, IamRoleArn: `${ROLE}2` }, 'missing')).toContain('cannot be assumed');
  inject(state, { kind: 'role-unassumable', role: ROLE });
  expect(selected(state, BY_ARN, 'missing')).toBe(UNASSUMABLE);
});

test('a role that trusts AWS Backup for one of the vaults can be used for all rules of the plan', () => {
  const state = enforced();
  const { Statement } = JSON.parse(TRUST) as { Statement: object };
  const only = { ...Statement, Condition: { ArnEquals: { 'aws:SourceArn': vaultArn('second') } } };
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: only });
  updateAssumeRolePolicy(state, ENV, { RoleName: 'backup', PolicyDocument });
  const Rules = ['main', 'second'].map((name) => ({ RuleName: name, TargetBackupVaultName: name }));
  const { BackupPlanId } = createBackupPlan(state, ENV, { BackupPlan: { BackupPlanName: 'both', Rules } });
  const BackupSelection = { SelectionName: 's', IamRoleArn: ROLE, ...BY_ARN };
  expect(createBackupSelection(state, ENV, { BackupPlanId, BackupSelection }).SelectionId).toBeDefined();
});

test('a role that trusts somebody else is taken where policies do not decide', () => {
  const state = world('2027-01-01', { vaults: [vault('main')] });
  createRole(state, ENV, { RoleName: 'backup', AssumeRolePolicyDocument: TRUST.replace('backup.', 'ec2.') });
  expect(selected(state, BY_TAG)).toBe('selected');
});

// prettier-ignore
test.each<[string, Partial<BackupSelection>, object[], string]>([
  ['tags, and may look them up',            BY_TAG,       [allow('tag:GetResources')],            'selected'],
  ['tags, and may not',                     BY_TAG,       [allow('ec2:CreateSnapshot')],          NO_TAGS],
  ['tags, and is denied it',                BY_TAG,       [allow('*'), { ...allow('tag:*'), Effect: 'Deny' }], NO_TAGS],
  ['conditions on tags, and may not',       BY_CONDITION, [allow('ec2:CreateSnapshot')],          NO_TAGS],
  ['ARNs alone, and may not',               BY_ARN,       [allow('ec2:CreateSnapshot')],          'selected'],
])('a role is looked at where its selection goes by %s', (_, selection, statements, expected) => {
  const state = enforced([]);
  own(state, ...statements);
  state.ledger.decisions.listen();
  expect(selected(state, selection)).toBe(expected);
  const asked = state.ledger.decisions.latest().filter(({ action }) => action === 'tag:GetResources');
  expect(asked.map(({ allowed }) => allowed)).toEqual(selection === BY_ARN ? [] : [expected === 'selected']);
});

test('the policy that AWS manages for backups lets a role look tags up, whatever it loses afterwards', () => {
  const state = enforced([BACKUPS]);
  expect(selected(state, BY_TAG)).toBe('selected');
});

test('an estate whose plan names a role that nobody made is refused, and one whose role is there is not (B1.5)', () => {
  const nobody = [{ selectionName: 'all', iamRoleArn: `${ROLE}2`, resources: ['*'] }];
  const estate = (more = {}) => ({
    vaults: [vault('main')],
    resources: [DISK],
    plans: [plan('p', [rule('daily')], more)],
  });
  expect(() => enforced([], estate({ selections: nobody }))).toThrow(
    `IAM Role ${ROLE}2 cannot be assumed by AWS Backup`,
  );
  expect(enforced([], estate()).ledger.plans.list()).toHaveLength(1);
});
