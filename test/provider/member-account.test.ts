import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { MemberAccount, MemberAccountProps } from '@holdfast/cdktf';
import { App, TerraformStack } from 'cdktf';
import { addresses, all, annotations, comment, only, refusal, stackOf, variables } from './support/stacks';

const ROLE = 'aws_iam_role';
const VAULT = 'aws_backup_vault';

function member(stack: TerraformStack, props: Partial<MemberAccountProps> = {}): MemberAccount {
  return new MemberAccount(stack, 'Member', { vaults: [{ backupVaultName: 'main' }], ...props });
}

test('has a vault with a key of its own and roles under fixed names, and sets nothing', () => {
  const stack = stackOf();
  const made = member(stack);
  expect(only(stack, VAULT)).toMatchObject({ name: 'main', lifecycle: { prevent_destroy: true } });
  expect(all(stack, ROLE).map(({ name, tags }) => [name, tags])).toEqual([
    ['HoldfastBackup', undefined],
    ['HoldfastRestore', undefined],
  ]);
  expect(made.provision).toEqual({ backupVaultNames: ['main'], roleNames: ['HoldfastBackup', 'HoldfastRestore'] });
  expect([made.vaults.length, made.roles.length, made.regionSettings]).toEqual([1, 2, undefined]);
  expect(all(stack, 'aws_backup_region_settings')).toEqual([]);
});

test('keeps its ids and addresses', () => {
  const stack = stackOf();
  const made = member(stack, { scanning: true, resourceTypeOptInPreference: { EBS: true } });
  expect(made.node.children.map(({ node }) => node.id).filter((id) => !id.startsWith('AWS'))).toEqual([
    'Vault-main',
    'BackupRole',
    'RestoreRole',
    'ScannerRole',
    'RegionSettings',
  ]);
  expect(addresses(stack).filter((address) => address.startsWith('aws_backup_vault.'))).toEqual([
    'aws_backup_vault.Member_Vault-main_EC502AE3',
  ]);
});

test('takes all else that it can say', () => {
  const stack = stackOf();
  const provider = new AwsProvider(stack, 'Other', {
    alias: 'member',
    region: 'eu-west-1',
    allowedAccountIds: ['444455556666'],
  });
  const made = member(stack, {
    vaults: [
      {
        backupVaultName: 'main',
        vaultLock: { minRetentionDays: 7, changeableForDays: 14 },
        complianceAcknowledgement: { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' },
        breakGlassRoleNames: ['Terraform'],
        tags: { owner: 'vaults' },
      },
    ],
    backupRoleName: 'Backup',
    restoreRoleName: 'Restore',
    scannerRoleName: 'Scan',
    scanning: true,
    resourceTypeOptInPreference: { EBS: true },
    resourceTypeManagementPreference: { DynamoDB: true },
    preventDestroy: false,
    tags: { owner: 'roles' },
    provider,
  });
  expect(made.provision.roleNames).toEqual(['Backup', 'Restore', 'Scan']);
  expect(all(stack, ROLE)).toEqual(
    ['Backup', 'Restore', 'Scan'].map((name) =>
      expect.objectContaining({ name, tags: { owner: 'roles' }, provider: 'aws.member' }),
    ),
  );
  expect(only(stack, VAULT)).toMatchObject({
    tags: { owner: 'vaults' },
    provider: 'aws.member',
    lifecycle: { prevent_destroy: false },
  });
  expect(only(stack, 'aws_backup_vault_lock_configuration')).toMatchObject({ changeable_for_days: 14 });
  expect(String(only(stack, 'aws_backup_vault_policy').policy)).toContain('arn:aws:iam::444455556666:role/Terraform');
  expect(only(stack, 'aws_backup_region_settings')).toMatchObject({
    resource_type_opt_in_preference: { EBS: true },
    resource_type_management_preference: { DynamoDB: true },
    provider: 'aws.member',
  });
});

test('makes the roles in one of the Regions alone', () => {
  const [here, elsewhere] = [stackOf(), stackOf()];
  expect(member(here, { rolesRegion: 'eu-central-1' }).roles).toHaveLength(2);
  expect(member(elsewhere, { rolesRegion: 'eu-west-1' }).roles).toEqual([]);
  expect([all(here, ROLE).length, all(elsewhere, ROLE).length]).toEqual([2, 0]);
  expect(all(elsewhere, VAULT)).toHaveLength(1);
});

test('fails where nobody knows at synthesis whether the roles are made here', () => {
  const stack = stackOf();
  expect(refusal(() => member(stack, { rolesRegion: variables(stack).text('region') }))).toContain(
    'rolesRegion must be known at synthesis, as is to be the Region of the provider, since the two decide whether roles are made, got a token [terraform-roles-region]',
  );
  const nowhere = new TerraformStack(new App({ stackTraces: false }), 'S');
  expect(refusal(() => member(nowhere, { rolesRegion: 'eu-west-1' }))).toContain(
    'got eu-west-1 beside a provider of an unknown Region [terraform-roles-region]',
  );
});

test('fails on names that are none, and on what its vaults refuse', () => {
  expect(refusal(() => member(stackOf(), { backupRoleName: 'a b' }))).toContain('[organization-role-name]');
  expect(refusal(() => member(stackOf(), { vaults: [{ backupVaultName: 'x' }] }))).toContain(
    'S/Member/Vault-x: 1 value(s)',
  );
});

test('takes waivers and tokens', () => {
  const stack = stackOf();
  const waivers = [{ rule: 'organization-role-name', path: '*', reason: 'made elsewhere' }];
  member(stack, { backupRoleName: variables(stack).text('name'), restoreRoleName: 'a b', waivers });
  expect(all(stack, ROLE).map(({ name }) => name)).toEqual(['${var.name}', 'a b']);
  expect(comment(stack, ROLE)).toEqual({ waivers });
  expect(annotations(stack, 'info')).toContainEqual(expect.stringContaining('waived: made elsewhere'));
});
