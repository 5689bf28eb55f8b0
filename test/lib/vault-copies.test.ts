import { CopyDestination, Plan, Vault, VaultCopyTarget, VaultProps } from '@holdfast/cdk';
import { VaultCopySource } from '@holdfast/model';
import { Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CfnParameter, Stack } from 'aws-cdk-lib/core';
import { refusal, stackOf } from './support/stacks';

const TYPE = 'AWS::Backup::BackupVault';
const OTHER = '444455556666';

interface Statement {
  readonly Sid: string;
  readonly Condition?: unknown;
}

function vault(stack: Stack, props: Partial<VaultProps> = {}): Vault {
  return new Vault(stack, 'Vault', { backupVaultName: 'primary', ...props });
}

function properties(stack: Stack): Record<string, unknown> {
  const [resource] = Object.values(Template.fromStack(stack).findResources(TYPE));
  return resource?.Properties as Record<string, unknown>;
}

function statements(stack: Stack): Statement[] {
  return (properties(stack).AccessPolicy as { Statement: Statement[] }).Statement;
}

function copyingPlan(stack: Stack, from: Vault, to: Vault): Plan {
  const copyActions = [{ destination: CopyDestination.vault(to.backupVault) }];
  const rules = [{ ruleName: 'daily', vault: from.backupVault, copyActions }];
  return new Plan(stack, 'Plan', { backupPlanName: 'ledger', rules });
}

describe('copies', () => {
  test('in are allowed to those who are named, at once or later, and denied to others', () => {
    const stack = stackOf();
    const made = vault(stack, { copiesInFrom: [VaultCopySource.account(OTHER)] });
    made.allowCopiesFrom(VaultCopySource.organization('o-a1b2c3d4e5'));
    const [, accounts, organizations, others] = statements(stack);
    expect(accounts).toMatchObject({ Principal: { AWS: 'arn:aws:iam::444455556666:root' } });
    expect(organizations?.Condition).toEqual({ StringEquals: { 'aws:PrincipalOrgID': ['o-a1b2c3d4e5'] } });
    expect(others?.Condition).toEqual({
      StringNotEquals: {
        'aws:PrincipalAccount': ['111122223333', OTHER],
        'aws:PrincipalOrgID': ['o-a1b2c3d4e5'],
      },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    });
  });

  test('out go to vaults that are named, ours by spelled-out ARNs, at once or later', () => {
    const stack = stackOf();
    const other = new Vault(stack, 'Other', { backupVaultName: 'other' });
    const stays = backup.BackupVault.fromBackupVaultName(stack, 'Stays', 'stays');
    const made = vault(stack, { copiesOutTo: [VaultCopyTarget.vault(other.backupVault)] });
    made.allowCopiesTo(VaultCopyTarget.vault(stays));
    made.allowCopiesTo(VaultCopyTarget.organizationPath('o-a1b2c3d4e5/*'));
    const all = Template.fromStack(stack).findResources(TYPE, { Properties: { BackupVaultName: 'primary' } });
    const [resource] = Object.values(all) as { Properties: { AccessPolicy: { Statement: Statement[] } } }[];
    expect(resource?.Properties.AccessPolicy.Statement.at(-1)?.Condition).toEqual({
      'ForAllValues:ArnNotLike': {
        'backup:CopyTargets': [
          'arn:aws:backup:eu-central-1:111122223333:backup-vault:other',
          {
            'Fn::Join': [
              '',
              ['arn:', { Ref: 'AWS::Partition' }, ':backup:eu-central-1:111122223333:backup-vault:stays'],
            ],
          },
        ],
      },
      'ForAllValues:StringNotLike': { 'backup:CopyTargetOrgPaths': ['o-a1b2c3d4e5/*'] },
    });
  });

  test('to a vault that is not named fail the plan, until it is', () => {
    const stack = stackOf();
    const other = new Vault(stack, 'Other', { backupVaultName: 'other' });
    const made = vault(stack, { copiesOutTo: [] });
    expect(refusal(() => copyingPlan(new Stack(stack, 'Before', { env: stack }), made, other))).toContain(
      'got arn:aws:backup:eu-central-1:111122223333:backup-vault:other, which the policy of primary denies [copy-action-source-policy]',
    );
    made.allowCopiesTo(VaultCopyTarget.vault(other.backupVault));
    expect(() => copyingPlan(stack, made, other)).not.toThrow();
  });

  test('keep statements that were added, behind those of the presets', () => {
    const stack = stackOf();
    const made = vault(stack);
    made.addToAccessPolicy(
      new iam.PolicyStatement({
        sid: 'Added',
        effect: iam.Effect.DENY,
        principals: [new iam.AnyPrincipal()],
        actions: ['backup:StartRestoreJob'],
        resources: ['*'],
      }),
    );
    made.allowCopiesFrom(VaultCopySource.account(OTHER));
    expect(statements(stack).map(({ Sid }) => Sid)).toEqual([
      'DenyEmptyingTheVault',
      'AllowCopiesFromAccounts',
      'DenyCopiesFromOthers',
      'Added',
    ]);
  });

  test('fail for sources and targets that there cannot be', () => {
    const props = {
      copiesInFrom: [VaultCopySource.account('12')],
      copiesOutTo: [VaultCopyTarget.vaultArn('copies'), VaultCopyTarget.organizationPath('ou-1')],
    };
    const message = refusal(() => vault(stackOf(), props));
    expect(message).toContain('S/Vault: 3 value(s) that AWS Backup refuses');
    expect(message).toContain('copiesInFrom[0] must be the id of an account, 12 digits, got 12 ');
    expect(message).toContain('copiesOutTo[0] must be the ARN of a backup vault, in which');
    expect(message).toContain('copiesOutTo[1] must be a path in an organization');
    const made = vault(stackOf());
    expect(refusal(() => made.allowCopiesFrom(VaultCopySource.organization('x')))).toContain('copiesInFrom[0]');
    expect(refusal(() => made.allowCopiesTo(VaultCopyTarget.vaultArn('x')))).toContain('copiesOutTo[0]');
  });

  test('take tokens', () => {
    const stack = stackOf();
    const text = (id: string) => new CfnParameter(stack, id).valueAsString;
    vault(stack, {
      copiesInFrom: [
        VaultCopySource.account(text('Account')),
        VaultCopySource.organization(text('Organization')),
        VaultCopySource.organizationPath(text('Path')),
      ],
      copiesOutTo: [VaultCopyTarget.vaultArn(text('Arn')), VaultCopyTarget.organizationPath(text('OutPath'))],
    });
    expect(JSON.stringify(statements(stack))).toMatch(/"Account".*"Organization".*"Path".*"Arn".*"OutPath"/);
  });
});
