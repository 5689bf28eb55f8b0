import { read } from './read';

const SOURCE = 'arn:aws:backup:eu-central-1:123456789012:backup-vault:gap';

const TEMPLATE = {
  Resources: {
    Gap: {
      Type: 'AWS::Backup::LogicallyAirGappedBackupVault',
      Properties: { BackupVaultName: 'gap', MinRetentionDays: 7, MaxRetentionDays: 30 },
    },
    Vault: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'main' } },
    Tiers: {
      Type: 'AWS::Backup::TieringConfiguration',
      Properties: {
        TieringConfigurationName: 'pictures',
        BackupVaultName: { Ref: 'Vault' },
        ResourceSelection: [{ ResourceType: 'S3', Resources: ['*'], TieringDownSettingsInDays: 60 }],
        TieringConfigurationTags: { team: 'storage' },
      },
    },
    WayIn: {
      Type: 'Custom::RestoreAccessBackupVault',
      Properties: {
        ServiceToken: 'arn:aws:lambda:eu-central-1:123456789012:function:asks',
        SourceBackupVaultArn: { 'Fn::GetAtt': ['Gap', 'BackupVaultArn'] },
        BackupVaultName: 'way-in',
        RequesterComment: 'drill',
        BackupVaultTags: { team: 'ops' },
      },
    },
    Key: { Type: 'AWS::KMS::Key', Properties: { EnableKeyRotation: true } },
    Often: { Type: 'AWS::KMS::Key', Properties: { EnableKeyRotation: true, RotationPeriodInDays: 90 } },
    Never: { Type: 'AWS::KMS::Key', Properties: { EnableKeyRotation: false, RotationPeriodInDays: 90 } },
  },
};

const input = { BackupVaultName: 'way-in', RequesterComment: 'drill', BackupVaultTags: { team: 'ops' } };
const CONFIGURATION = {
  provider: { aws: [{ region: 'eu-central-1' }] },
  resource: {
    aws_backup_logically_air_gapped_vault: { gap: { name: 'gap', min_retention_days: 7, max_retention_days: 30 } },
    aws_backup_vault: { main: { name: 'main' } },
    aws_backup_tiering_configuration: {
      tiers: {
        name: 'pictures',
        backup_vault_name: '${aws_backup_vault.main.name}',
        resource_selection: [{ resource_type: 'S3', resources: ['*'], tiering_down_settings_in_days: 60 }],
        tags: { team: 'storage' },
      },
    },
    aws_lambda_invocation: {
      asks: {
        function_name: 'asks',
        input: `\${jsonencode(${JSON.stringify({ ...input, SourceBackupVaultArn: SOURCE })})}`,
      },
      other: { function_name: 'greets', input: '{"name":"you"}' },
    },
    aws_kms_key: {
      a: { enable_key_rotation: true },
      b: { enable_key_rotation: true, rotation_period_in_days: 90 },
      c: { enable_key_rotation: false, rotation_period_in_days: 90 },
    },
  },
};

const ENV = { partition: 'aws', account: '123456789012', region: 'eu-central-1' };

describe.each([
  ['a template', { 'stack.json': TEMPLATE }, []],
  ['Terraform', { 'cdk.tf.json': CONFIGURATION }, ['aws_lambda_invocation']],
])('%s', (_, contents, others) => {
  const { estate, notRead } = read(contents);

  test('says when points move to the low-cost tier, who may restore, and how keys rotate', () => {
    expect(estate.tieringConfigurations).toEqual([
      {
        tieringConfigurationName: 'pictures',
        backupVaultName: 'main',
        env: ENV,
        resourceSelection: [{ resourceType: 'S3', resources: ['*'], tieringDownSettingsInDays: 60 }],
        tags: { team: 'storage' },
        declaredAt: expect.any(String) as string,
      },
    ]);
    expect(estate.restoreAccessVaults).toEqual([
      {
        sourceBackupVaultArn: SOURCE,
        env: ENV,
        backupVaultName: 'way-in',
        requesterComment: 'drill',
        tags: { team: 'ops' },
        declaredAt: expect.any(String) as string,
      },
    ]);
    expect(estate.keys?.map(({ rotationPeriodInDays }) => rotationPeriodInDays)).toEqual([365, 90, undefined]);
    expect(notRead.map(({ type }) => type)).toEqual(others);
  });
});

test('what is known only after deployment is listed, and refuses nothing', () => {
  const late = structuredClone(TEMPLATE);
  const unknown = { 'Fn::GetAtt': ['Made', 'Name'] };
  Object.assign(late.Resources, { Made: { Type: 'Custom::Maker', Properties: {} } });
  Object.assign(late.Resources.Tiers.Properties, { BackupVaultName: unknown });
  Object.assign(late.Resources.WayIn.Properties, { SourceBackupVaultArn: unknown });
  const { estate, notRead } = read({ 'stack.json': late });
  expect([estate.tieringConfigurations, estate.restoreAccessVaults]).toEqual([undefined, undefined]);
  const reasons = notRead.filter(({ type }) => type !== 'Custom::Maker').map(({ reason }) => reason);
  expect(reasons).toEqual(Array.from({ length: 2 }, () => 'what it says is known only after deployment'));
});

test('access to a vault that no artifact declares is listed, with the vault', () => {
  const { Gap: _, ...others } = TEMPLATE.Resources;
  const WayIn = { ...others.WayIn, Properties: { ...others.WayIn.Properties, SourceBackupVaultArn: SOURCE } };
  const { estate, notRead } = read({ 'stack.json': { Resources: { ...others, WayIn } } });
  expect(estate.restoreAccessVaults).toHaveLength(1);
  expect(notRead).toEqual([
    {
      path: 'stack.json: WayIn',
      type: 'RestoreAccessVault',
      reason: `its source ${SOURCE} is in no artifact given`,
    },
  ]);
});
