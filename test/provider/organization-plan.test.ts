import { OrganizationVault, Vault } from '@holdfast/cdktf';
import { contentOf, ledger, policy, PROVIDED } from './support/organization';
import { annotations, stackOf } from './support/stacks';

test('a copy stands under the ARN of its vault in each member account', () => {
  const stack = stackOf();
  const copyActions = [
    { destination: OrganizationVault.ofMemberAccountIn('eu-west-1', 'main'), deleteAfterDays: 90 },
    { destination: Vault.fromBackupVaultArn('arn:aws:backup:eu-west-1:444455556666:backup-vault:central') },
  ];
  policy(stack, ledger({ copyActions }));
  const arn = 'arn:aws:backup:eu-west-1:$account:backup-vault:main';
  const central = 'arn:aws:backup:eu-west-1:444455556666:backup-vault:central';
  expect(contentOf(stack).plans.ledger?.rules).toMatchObject({
    Daily: {
      copy_actions: {
        [arn]: { target_backup_vault_arn: { '@@assign': arn }, lifecycle: { delete_after_days: { '@@assign': '90' } } },
        [central]: { target_backup_vault_arn: { '@@assign': central } },
      },
    },
  });
  expect(annotations(stack, 'warn')).toEqual([]);
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
  expect(contentOf(stack).plans.ledger?.selections).toEqual({
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
