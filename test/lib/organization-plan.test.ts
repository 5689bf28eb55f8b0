import { ContinuousRouting, CopyDestination, OrganizationVault, Vault } from '@holdfast/cdk';
import { ScanMode } from '@holdfast/model';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { ledger, policy, PROVIDED, rendered } from './support/organization';
import { annotations, refusal, stackOf } from './support/stacks';

function copiesOf(stack: Stack): Record<string, unknown> {
  const { Daily: daily } = rendered(stack).Content.plans.ledger!.rules as Record<string, { copy_actions: object }>;
  return daily!.copy_actions as Record<string, unknown>;
}

test('a copy stands under the ARN of its vault in each member account', () => {
  const stack = stackOf();
  const west = OrganizationVault.ofMemberAccountIn(stack, 'West', 'eu-west-1', 'copies');
  policy(
    stack,
    ledger(stack, { copyActions: [{ destination: CopyDestination.vault(west), deleteAfter: Duration.days(90) }] }),
  );
  const arn = 'arn:aws:backup:eu-west-1:$account:backup-vault:copies';
  expect(rendered(stack).Content.plans.ledger!.rules).toMatchObject({
    Daily: {
      copy_actions: {
        [arn]: { target_backup_vault_arn: { '@@assign': arn }, lifecycle: { delete_after_days: { '@@assign': '90' } } },
      },
    },
  });
});

test('a copy to a Region goes to the vault of that name in each member account', () => {
  const stack = stackOf();
  const copyActions = [
    { destination: CopyDestination.region('eu-west-1', { backupVaultName: 'main' }), deleteAfter: Duration.days(90) },
    { destination: CopyDestination.region('eu-north-1') },
    { destination: CopyDestination.account('444455556666', { region: 'eu-west-1', backupVaultName: 'central' }) },
  ];
  policy(stack, ledger(stack, { copyActions }));
  expect(Object.keys(copiesOf(stack))).toEqual([
    'arn:aws:backup:eu-west-1:$account:backup-vault:main',
    'arn:aws:backup:eu-north-1:$account:backup-vault:holdfast-copies',
    'arn:aws:backup:eu-west-1:444455556666:backup-vault:central',
  ]);
  expect(copiesOf(stack)['arn:aws:backup:eu-west-1:$account:backup-vault:main']).toMatchObject({
    lifecycle: { delete_after_days: { '@@assign': '90' } },
  });
  // The vault that every account must have, and of which nothing is known.
  expect(annotations(stack, 'warning')).toEqual([
    expect.stringContaining('copyActions[1].destinationBackupVaultArn must be a vault that every member account has'),
  ]);
});

test('a copy to an account without a Region is refused, as a policy cannot say that of the plan', () => {
  const stack = stackOf();
  const copyActions = [{ destination: CopyDestination.account('444455556666') }];
  expect(refusal(() => policy(stack, ledger(stack, { copyActions })))).toContain(
    '[organization-policy-region-variable]',
  );
});

test('what is of one account is left out, and a warning says so', () => {
  const stack = stackOf();
  const { backupVault } = new Vault(stack, 'Continuous', { backupVaultName: 'continuous' });
  const scannerRole = new iam.Role(stack, 'Scanner', { assumedBy: new iam.AccountRootPrincipal() });
  const destination = CopyDestination.region('eu-west-1', {
    backupVaultName: 'main',
    vaultLock: { minRetentionDays: 7 },
  });
  policy(
    stack,
    {
      ...ledger(stack, { copyActions: [{ destination }], scanAction: ScanMode.FULL_SCAN }),
      continuousRouting: ContinuousRouting.toVault(backupVault),
      scanSettings: { scannerRole },
    },
    { provided: { ...PROVIDED, roleNames: ['HoldfastBackup', 'HoldfastScanner'] } },
  );
  expect(annotations(stack, 'warning')).toEqual([
    expect.stringContaining('plans[0].continuousRouting must be left out: it makes or names something in one account'),
    expect.stringContaining('plans[0].scanSettings.scannerRole must be left out'),
    expect.stringContaining('plans[0].rules[0].copyActions[0].destination.vaultLock must be left out'),
  ]);
  expect(annotations(stack, 'warning').join()).toContain('[organization-plan-of-one-account]');
  expect(rendered(stack).Content.plans.ledger).toMatchObject({
    scan_settings: {
      GUARDDUTY: {
        resource_types: { '@@assign': ['ALL'] },
        scanner_role_arn: { '@@assign': 'arn:aws:iam::$account:role/HoldfastScanner' },
      },
    },
    rules: { Daily: { scan_actions: { GUARDDUTY: { scan_mode: { '@@assign': 'FULL_SCAN' } } } } },
  });
});

test('the partition of a copy is that of its Region', () => {
  const vault = OrganizationVault.ofMemberAccountIn(stackOf(), 'North', 'cn-north-1', 'copies');
  expect(vault.backupVaultArn).toBe('arn:aws-cn:backup:cn-north-1:$account:backup-vault:copies');
});

test('selects by types of resources, with conditions, under roles of their own', () => {
  const stack = stackOf();
  policy(
    stack,
    {
      tagSelections: undefined,
      resourceSelections: [
        {
          selectionName: 'tables',
          resourceTypes: ['arn:aws:dynamodb:*:*:table/*'],
          notResourceTypes: ['arn:aws:s3:::*'],
          roleName: 'service-role/tables',
          conditions: {
            stringEquals: { stage: 'prod' },
            stringNotEquals: { a: 'b' },
            stringLike: { c: 'd*' },
            stringNotLike: { e: 'f*' },
          },
        },
      ],
    },
    { provided: { ...PROVIDED, roleNames: ['service-role/tables'] } },
  );
  const condition = (key: string, value: string) => ({
    c1: { condition_key: { '@@assign': `aws:ResourceTag/${key}` }, condition_value: { '@@assign': value } },
  });
  expect(rendered(stack).Content.plans.ledger!.selections).toEqual({
    resources: {
      tables: {
        iam_role_arn: { '@@assign': 'arn:aws:iam::$account:role/service-role/tables' },
        resource_types: { '@@assign': ['arn:aws:dynamodb:*:*:table/*'] },
        not_resource_types: { '@@assign': ['arn:aws:s3:::*'] },
        conditions: {
          string_equals: condition('stage', 'prod'),
          string_not_equals: condition('a', 'b'),
          string_like: condition('c', 'd*'),
          string_not_like: condition('e', 'f*'),
        },
      },
    },
  });
});
