import { CopyDestination, OrganizationBackupPolicyProps, OrganizationPlanProps, Plan, Vault } from '@holdfast/cdk';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { App, CfnParameter, Duration, Stack } from 'aws-cdk-lib/core';
import { ledger, policy, rendered, TAGGED, TYPE } from './support/organization';
import { annotations, refusal, stackOf } from './support/stacks';

test('renders a plan with every value under its operator, and what AWS Backup would take where nothing is said', () => {
  const stack = stackOf();
  policy(stack);
  Template.fromStack(stack).hasResourceProperties(TYPE, {
    Type: 'BACKUP_POLICY',
    Name: 'base',
    Description: Match.absent(),
    TargetIds: Match.absent(),
    Tags: Match.absent(),
  });
  expect(rendered(stack).Content).toEqual({
    plans: {
      ledger: {
        regions: { '@@assign': ['eu-central-1'] },
        rules: {
          Daily: {
            schedule_expression: { '@@assign': 'cron(0 3 ? * * *)' },
            schedule_expression_timezone: { '@@assign': 'Europe/Berlin' },
            start_backup_window_minutes: { '@@assign': '480' },
            complete_backup_window_minutes: { '@@assign': '10080' },
            lifecycle: { delete_after_days: { '@@assign': '35' } },
            target_backup_vault_name: { '@@assign': 'main' },
          },
        },
        selections: {
          tags: {
            tagged: {
              iam_role_arn: { '@@assign': 'arn:aws:iam::$account:role/HoldfastBackup' },
              tag_key: { '@@assign': 'backup' },
              tag_value: { '@@assign': ['daily'] },
            },
          },
        },
      },
    },
  });
  expect([...annotations(stack, 'warning'), ...annotations(stack, 'info')]).toEqual([]);
});

test('one declaration serves a plan of an account and a policy of the organization', () => {
  const stack = stackOf();
  const declared = ledger(stack, { startWindow: Duration.hours(2) });
  new Plan(stack, 'Plan', declared);
  policy(stack, declared);
  const [plan] = Object.values(Template.fromStack(stack).findResources('AWS::Backup::BackupPlan'));
  expect(plan?.Properties.BackupPlan.BackupPlanRule[0]).toMatchObject({
    RuleName: 'Daily',
    TargetBackupVault: 'main',
    StartWindowMinutes: 120,
  });
  expect(rendered(stack).Content.plans.ledger!.rules).toMatchObject({
    Daily: { start_backup_window_minutes: { '@@assign': '120' }, target_backup_vault_name: { '@@assign': 'main' } },
  });
});

test('a vault of ours is named by its name', () => {
  const stack = stackOf();
  const { backupVault: vault } = new Vault(stack, 'Own', { backupVaultName: 'main' });
  policy(stack, ledger(stack, { vault }));
  expect(JSON.stringify(rendered(stack).Content)).toContain('"target_backup_vault_name":{"@@assign":"main"}');
});

test('takes the role of the policy, and the partition of the stack', () => {
  const stack = new Stack(new App(), 'S', { env: { account: '111122223333', region: 'us-gov-west-1' } });
  policy(stack, {}, { roleName: 'backup' });
  expect(JSON.stringify(rendered(stack).Content)).toContain('arn:aws-us-gov:iam::$account:role/backup');
});

test('writes all else that a policy can say', () => {
  const stack = stackOf();
  policy(
    stack,
    { childControls: [{ node: 'regions', operators: ['@@append'] }], tags: { owner: 'platform' }, windowsVss: true },
    {
      description: 'what every account has',
      operatorsAllowedForChildPlans: ['@@append'],
      adjustments: [{ node: 'other/regions', valueOperator: '@@remove', values: ['us-east-1'] }],
      targetIds: ['r-a1b2', 'ou-a1b2-12345678', '111122223333'],
      tags: { team: 'platform' },
    },
  );
  Template.fromStack(stack).hasResourceProperties(TYPE, {
    Description: 'what every account has',
    TargetIds: ['r-a1b2', 'ou-a1b2-12345678', '111122223333'],
    Tags: [{ Key: 'team', Value: 'platform' }],
    Content: {
      plans: {
        '@@operators_allowed_for_child_policies': ['@@append'],
        ledger: {
          regions: { '@@operators_allowed_for_child_policies': ['@@append'], '@@assign': ['eu-central-1'] },
          advanced_backup_settings: { ec2: { windows_vss: { '@@assign': 'enabled' } } },
          backup_plan_tags: { owner: { tag_key: { '@@assign': 'owner' }, tag_value: { '@@assign': 'platform' } } },
        },
        other: { regions: { '@@remove': ['us-east-1'] } },
      },
    },
  });
});

test('gives its ids out', () => {
  const stack = stackOf();
  const { policyId, policyArn, policyName, targetIds } = policy(stack);
  expect([policyName, targetIds]).toEqual(['base', []]);
  expect(stack.resolve([policyId, policyArn])).toEqual([
    { 'Fn::GetAtt': ['Policy23B91518', 'Id'] },
    { 'Fn::GetAtt': ['Policy23B91518', 'Arn'] },
  ]);
});

test('keeps its ids and logical ids', () => {
  const stack = stackOf();
  const made = policy(stack);
  expect(made.node.children.map(({ node }) => node.id)).toEqual(['Resource']);
  expect(Object.keys(Template.fromStack(stack).findResources(TYPE))).toEqual(['Policy23B91518']);
});

describe('refuses', () => {
  const refused = (plan: Partial<OrganizationPlanProps>, props: Partial<OrganizationBackupPolicyProps> = {}) =>
    refusal(() => policy(stackOf(), plan, props));

  test('all that is wrong at once, under the path of the construct', () => {
    const stack = stackOf();
    const rule = { startWindow: Duration.minutes(59), deleteAfter: Duration.days(0) };
    const message = refusal(() => policy(stack, { ...ledger(stack, rule), regions: [] }, { policyName: '' }));
    expect(message.split('\n')).toEqual([
      'S/Policy: 4 value(s) that AWS Backup refuses',
      expect.stringContaining('policyName must be 1 to 128 characters, got an empty name [organization-policy-name]'),
      expect.stringContaining('plans[0].rules[0].startWindowMinutes must be a whole number of minutes from 60'),
      expect.stringContaining('plans[0].rules[0].lifecycle.deleteAfterDays must be a whole number of days'),
      expect.stringContaining('plans[0].regions must be at least 1 Region, got none [organization-plan-regions]'),
    ]);
  });

  test('both forms of selections in one plan', () => {
    const both = { tagSelections: [TAGGED], resourceSelections: [{ selectionName: 'all', resourceTypes: ['*'] }] };
    expect(refused(both)).toContain('[organization-plan-selection-forms]');
  });

  test('a copy to a vault whose ARN is known at deployment alone', () => {
    const stack = new Stack(new App(), 'S');
    const { backupVault } = new Vault(stack, 'Own', { backupVaultName: 'copies' });
    const copyActions = [{ destination: CopyDestination.vault(backupVault) }];
    expect(refusal(() => policy(stack, ledger(stack, { copyActions })))).toContain(
      'plans[0].rules[0].copyActions[0].destinationBackupVaultArn must be an ARN that is known at synthesis, as it is a key of the policy, got a token [organization-plan-copy-destination]',
    );
  });

  test('a target that is none', () => {
    expect(refused({}, { targetIds: ['root'] })).toContain('targetIds[0] must be the id of a root');
  });
});

test('warns of vaults and roles of which nobody says that every account has them', () => {
  const stack = stackOf();
  policy(stack, {}, { provided: undefined });
  expect(annotations(stack, 'warning')).toEqual([
    expect.stringContaining('plans[0].rules[0].targetBackupVaultName must be a vault that every member account has'),
    expect.stringContaining('plans[0].tagSelections[0].iamRoleArn must be a role that every member account has'),
  ]);
});

test('waivers of the policy and of its plans accept findings, and stand in the template', () => {
  const stack = stackOf();
  const accepted = { rule: 'organization-plan-vault', path: 'rules[0].*', reason: 'made by hand' };
  const role = { rule: 'organization-selection-role-exists', path: '*', reason: 'made by another team' };
  policy(stack, { waivers: [accepted] }, { provided: undefined, waivers: [role] });
  expect(annotations(stack, 'warning')).toEqual([]);
  expect(annotations(stack, 'info')).toEqual([
    expect.stringContaining('waived: made by hand'),
    expect.stringContaining('waived: made by another team'),
  ]);
  Template.fromStack(stack).hasResource(TYPE, {
    Metadata: { Holdfast: { waivers: [role, { ...accepted, path: 'plans[0].rules[0].*' }] } },
  });
});

test('values that are tokens stay tokens', () => {
  const stack = stackOf();
  const text = new CfnParameter(stack, 'Text').valueAsString;
  const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
  const rule = {
    startWindow: Duration.minutes(number),
    deleteAfter: Duration.days(number),
    recoveryPointTags: { kept: text },
  };
  policy(stack, { ...ledger(stack, rule), regions: [text] }, { description: text, roleName: text, targetIds: [text] });
  const { rules, regions, selections } = rendered(stack).Content.plans.ledger!;
  expect(regions).toEqual({ '@@assign': [{ Ref: 'Text' }] });
  expect(rules).toMatchObject({
    Daily: {
      start_backup_window_minutes: { '@@assign': { Ref: 'Number' } },
      lifecycle: { delete_after_days: { '@@assign': { Ref: 'Number' } } },
      recovery_point_tags: { kept: { tag_value: { '@@assign': { Ref: 'Text' } } } },
    },
  });
  expect(selections).toMatchObject({
    tags: {
      tagged: { iam_role_arn: { '@@assign': { 'Fn::Join': ['', ['arn:aws:iam::$account:role/', { Ref: 'Text' }]] } } },
    },
  });
});
