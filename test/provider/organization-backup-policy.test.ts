import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { OrganizationBackupPolicyProps, OrganizationPlanProps, OrganizationVault, Plan, Vault } from '@holdfast/cdktf';
import { App, TerraformStack } from 'cdktf';
import { contentOf, ledger, policy, POLICY, TAGGED } from './support/organization';
import { addresses, all, annotations, comment, only, refusal, resolve, stackOf, variables } from './support/stacks';

const ATTACHMENT = 'aws_organizations_policy_attachment';

test('renders a plan with every value under its operator, and what AWS Backup would take where nothing is said', () => {
  const stack = stackOf();
  policy(stack);
  expect(only(stack, POLICY)).toEqual({
    type: 'BACKUP_POLICY',
    name: 'base',
    content: expect.any(String),
    lifecycle: { prevent_destroy: false },
  });
  expect(contentOf(stack)).toEqual({
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
  expect([...annotations(stack, 'warn'), ...annotations(stack, 'info')]).toEqual([]);
});

test('one declaration serves a plan of an account and a policy of the organization', () => {
  const stack = stackOf();
  const vault = new Vault(stack, 'Own', { backupVaultName: 'main' });
  const declared = ledger({ vault, startWindowMinutes: 120 });
  new Plan(stack, 'Plan', declared);
  policy(stack, declared);
  expect(all(stack, 'aws_backup_plan')).toMatchObject([{ rule: [{ rule_name: 'Daily', start_window: 120 }] }]);
  expect(contentOf(stack).plans.ledger?.rules).toMatchObject({
    Daily: { start_backup_window_minutes: { '@@assign': '120' }, target_backup_vault_name: { '@@assign': 'main' } },
  });
});

test('takes the role of the policy, and the partition of its provider', () => {
  const stack = stackOf();
  const provider = new AwsProvider(stack, 'Gov', { alias: 'gov', region: 'us-gov-west-1' });
  policy(stack, {}, { roleName: 'backup', provider, targetIds: ['r-a1b2'] });
  expect(JSON.stringify(contentOf(stack))).toContain('arn:aws-us-gov:iam::$account:role/backup');
  expect([only(stack, POLICY), only(stack, ATTACHMENT)]).toMatchObject([
    { provider: 'aws.gov' },
    { provider: 'aws.gov' },
  ]);
});

test('asks for the partition where no Region tells it', () => {
  const stack = new TerraformStack(new App({ stackTraces: false }), 'S');
  policy(stack);
  expect(JSON.stringify(contentOf(stack))).toContain('arn:${data.aws_partition.Policy_Partition_');
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
      preventDestroy: true,
      tags: { team: 'platform' },
    },
  );
  const lifecycle = { prevent_destroy: true };
  expect(only(stack, POLICY)).toMatchObject({
    description: 'what every account has',
    tags: { team: 'platform' },
    lifecycle,
  });
  expect(all(stack, ATTACHMENT).map(({ target_id: target, lifecycle: of }) => [target, of])).toEqual([
    ['111122223333', lifecycle],
    ['ou-a1b2-12345678', lifecycle],
    ['r-a1b2', lifecycle],
  ]);
  expect(contentOf(stack)).toMatchObject({
    plans: {
      '@@operators_allowed_for_child_policies': ['@@append'],
      ledger: {
        regions: { '@@operators_allowed_for_child_policies': ['@@append'], '@@assign': ['eu-central-1'] },
        advanced_backup_settings: { ec2: { windows_vss: { '@@assign': 'enabled' } } },
        backup_plan_tags: { owner: { tag_key: { '@@assign': 'owner' }, tag_value: { '@@assign': 'platform' } } },
      },
      other: { regions: { '@@remove': ['us-east-1'] } },
    },
  });
});

test('gives its ids out', () => {
  const stack = stackOf();
  const { policyId, policyArn, policyName, targetIds } = policy(stack);
  expect([policyName, targetIds]).toEqual(['base', []]);
  expect(resolve(stack, [policyId, policyArn])).toEqual([
    '${aws_organizations_policy.Policy_23B91518.id}',
    '${aws_organizations_policy.Policy_23B91518.arn}',
  ]);
});

test('keeps its ids and addresses', () => {
  const stack = stackOf();
  const made = policy(stack, {}, { targetIds: ['r-a1b2'] });
  expect(made.node.children.map(({ node }) => node.id)).toEqual(['Resource', 'Attachment-r-a1b2']);
  expect(addresses(stack)).toEqual([
    'aws_organizations_policy.Policy_23B91518',
    'aws_organizations_policy_attachment.Policy_Attachment-r-a1b2_0140FCFD',
  ]);
});

describe('fails on', () => {
  const refused = (plan: Partial<OrganizationPlanProps>, props: Partial<OrganizationBackupPolicyProps> = {}) =>
    refusal(() => policy(stackOf(), plan, props));

  test('all that is wrong at once, under the path of the construct', () => {
    const rule = { startWindowMinutes: 59, deleteAfterDays: 0 };
    expect(refused({ ...ledger(rule), regions: [] }, { policyName: '' }).split('\n')).toEqual([
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

  test('a copy to a vault whose ARN Terraform alone knows', () => {
    const stack = new TerraformStack(new App({ stackTraces: false }), 'S');
    const destination = new Vault(stack, 'Own', { backupVaultName: 'copies' });
    expect(refusal(() => policy(stack, ledger({ copyActions: [{ destination }] })))).toContain(
      'plans[0].rules[0].copyActions[0].destinationBackupVaultArn must be an ARN that is known at synthesis, as it is a key of the policy, got a token [organization-plan-copy-destination]',
    );
  });

  test('a copy to the vault that a plan backs up to, of which no Region is said', () => {
    const copyActions = [{ destination: OrganizationVault.ofMemberAccount('copies') }];
    expect(refused(ledger({ copyActions }))).toContain('[organization-policy-region-variable]');
  });

  test('a target that is none', () => {
    expect(refused({}, { targetIds: ['root'] })).toContain('targetIds[0] must be the id of a root');
  });
});

test('warns of vaults and roles of which nobody says that every account has them', () => {
  const stack = stackOf();
  policy(stack, {}, { provided: undefined });
  expect(annotations(stack, 'warn')).toEqual([
    expect.stringContaining('plans[0].rules[0].targetBackupVaultName must be a vault that every member account has'),
    expect.stringContaining('plans[0].tagSelections[0].iamRoleArn must be a role that every member account has'),
  ]);
});

test('warns of the provider of a plan, which has no part in a policy', () => {
  const stack = stackOf();
  const provider = new AwsProvider(stack, 'West', { alias: 'west', region: 'eu-west-1' });
  policy(stack, { provider });
  expect(annotations(stack, 'warn')).toEqual([
    expect.stringContaining('plans[0].provider must be left out: it makes or names something in one account'),
  ]);
});

test('waivers of the policy and of its plans accept findings, and stand in the comment', () => {
  const stack = stackOf();
  const accepted = { rule: 'organization-plan-vault', path: 'rules[0].*', reason: 'made by hand' };
  const role = { rule: 'organization-selection-role-exists', path: '*', reason: 'made by another team' };
  policy(stack, { waivers: [accepted] }, { provided: undefined, waivers: [role] });
  expect(annotations(stack, 'warn')).toEqual([]);
  expect(annotations(stack, 'info')).toEqual([
    expect.stringContaining('waived: made by hand'),
    expect.stringContaining('waived: made by another team'),
  ]);
  expect(comment(stack, POLICY)).toEqual({ waivers: [role, { ...accepted, path: 'plans[0].rules[0].*' }] });
});

test('values that are tokens stay tokens, numbers as texts', () => {
  const stack = stackOf();
  const { text, number, list } = variables(stack);
  const rule = {
    startWindowMinutes: number('window'),
    deleteAfterDays: number('days'),
    recoveryPointTags: { kept: text('kept') },
  };
  policy(
    stack,
    { ...ledger(rule), regions: [text('region')] },
    { description: text('description'), roleName: text('role'), targetIds: list('targets'), policyName: text('name') },
  );
  expect(only(stack, POLICY)).toMatchObject({ name: '${var.name}', description: '${var.description}' });
  expect(only(stack, ATTACHMENT)).toMatchObject({ for_each: '${toset(var.targets)}', target_id: '${each.value}' });
  const { rules, regions, selections } = contentOf(stack).plans.ledger!;
  expect(regions).toEqual({ '@@assign': ['${var.region}'] });
  expect(rules).toMatchObject({
    Daily: {
      start_backup_window_minutes: { '@@assign': '${var.window}' },
      lifecycle: { delete_after_days: { '@@assign': '${var.days}' } },
      recovery_point_tags: { kept: { tag_value: { '@@assign': '${var.kept}' } } },
    },
  });
  expect(selections).toMatchObject({
    tags: { tagged: { iam_role_arn: { '@@assign': 'arn:aws:iam::$account:role/${var.role}' } } },
  });
});
