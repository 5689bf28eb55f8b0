import { TieringConfiguration, TieringConfigurationProps, Vault } from '@holdfast/cdk';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { App, CfnParameter, Duration, Stack } from 'aws-cdk-lib/core';
import { refusal, stackOf } from './support/stacks';

const TYPE = 'AWS::Backup::TieringConfiguration';
const SIXTY = [{ tierDownAfter: Duration.days(60) }];

function tiering(stack: Stack, over: Partial<TieringConfigurationProps> = {}, id = 'Tiers'): TieringConfiguration {
  return new TieringConfiguration(stack, id, { tieringConfigurationName: 'tiers', selections: SIXTY, ...over });
}

function template(over: Partial<TieringConfigurationProps> = {}, stack = stackOf()): Template {
  tiering(stack, over);
  return Template.fromStack(stack);
}

test('is for every bucket in every vault where nothing is said', () => {
  template().hasResource(TYPE, {
    Metadata: Match.absent(),
    Properties: {
      TieringConfigurationName: 'tiers',
      BackupVaultName: '*',
      ResourceSelection: [{ ResourceType: 'S3', Resources: ['*'], TieringDownSettingsInDays: 60 }],
      TieringConfigurationTags: Match.absent(),
    },
  });
});

test('is for the buckets and the vault that are given', () => {
  const stack = stackOf();
  const { backupVault } = new Vault(stack, 'Vault', { backupVaultName: 'primary' });
  const buckets = [new s3.Bucket(stack, 'Bucket'), s3.Bucket.fromBucketName(stack, 'Imported', 'documents')];
  const selections = [{ tierDownAfter: Duration.days(36500), buckets }, ...SIXTY];
  template({ vault: backupVault, selections, tags: { owner: 'platform' } }, stack).hasResourceProperties(TYPE, {
    BackupVaultName: { 'Fn::GetAtt': ['Vault47927EF3', 'BackupVaultName'] },
    ResourceSelection: [
      {
        Resources: [{ 'Fn::GetAtt': ['Bucket83908E77', 'Arn'] }, { 'Fn::Join': Match.anyValue() }],
        TieringDownSettingsInDays: 36500,
      },
      { Resources: ['*'], TieringDownSettingsInDays: 60 },
    ],
    TieringConfigurationTags: { owner: 'platform' },
  });
});

test('hands out name and ARN', () => {
  const stack = stackOf();
  const made = tiering(stack);
  expect(stack.resolve(made.tieringConfigurationName)).toEqual({ Ref: 'Tiers26B72A96' });
  expect(stack.resolve(made.tieringConfigurationArn)).toEqual({
    'Fn::GetAtt': ['Tiers26B72A96', 'TieringConfigurationArn'],
  });
});

// prettier-ignore
const REFUSED: [string, Partial<TieringConfigurationProps>, string][] = [
  ['a name with a dash', { tieringConfigurationName: 'my-tiers' },
    'tieringConfigurationName must be 1 to 200 letters, digits and _, got my-tiers [tiering-configuration-name] (https://docs.aws.amazon.com/aws-backup/latest/devguide/API_TieringConfigurationInputForCreate.html)'],
  ['59 days',            { selections: [{ tierDownAfter: Duration.days(59) }] },
    'resourceSelection[0].tieringDownSettingsInDays must be a whole number of days from 60 to 36500, got 59 days [tiering-configuration-days] (AWS Backup facts B5.7/1)'],
  ['90 hours and a half', { selections: [{ tierDownAfter: Duration.hours(60 * 24 + 1) }] },
    'resourceSelection[0].tieringDownSettingsInDays must be a whole number of days from 60 to 36500, got 60.041666666666664 days [tiering-configuration-days] (AWS Backup facts B5.7/1)'],
  ['no selection',       { selections: [] },
    'resourceSelection must be 1 to 5 selections, got 0 [tiering-configuration-selections] (AWS Backup facts B5.7/1)'],
  ['no bucket',          { selections: [{ tierDownAfter: Duration.days(60), buckets: [] }] },
    'resourceSelection[0].resources must be 1 to 100 ARNs in all selections, got 0 [tiering-configuration-resources] (AWS Backup facts B5.7/1)'],
];

test.each(REFUSED)('fails for %s', (_, over, expected) => {
  expect(refusal(() => tiering(stackOf(), over))).toBe(`S/Tiers: 1 value(s) that AWS Backup refuses\n  ${expected}`);
});

test('fails for a second one of the same vault or the same name', () => {
  const stack = stackOf();
  tiering(stack);
  expect(refusal(() => tiering(stack, {}, 'Second'))).toBe(
    [
      'S/Second: 2 value(s) that AWS Backup refuses',
      '  tieringConfigurationName must be unique in account and Region, got tiers again, as at S/Tiers [tiering-configuration-name-unique] (https://docs.aws.amazon.com/aws-backup/latest/devguide/API_TieringConfigurationInputForCreate.html)',
      '  backupVaultName must be the only configuration of its vault, and * that of one alone, got * again, as at S/Tiers [tiering-configuration-vault-unique] (AWS Backup facts B5.7/1)',
    ].join('\n'),
  );
});

test('takes one of each vault beside that of all the others, and the same again in another Region', () => {
  const stack = stackOf();
  const vault = backup.BackupVault.fromBackupVaultName(stack, 'Vault', 'primary');
  tiering(stack);
  tiering(stack, { tieringConfigurationName: 'own', vault }, 'Own');
  const elsewhere = new Stack(App.of(stack)!, 'Elsewhere', { env: { account: stack.account, region: 'eu-west-1' } });
  expect(() => tiering(elsewhere)).not.toThrow();
});

test('takes a token for every value', () => {
  const stack = stackOf();
  const text = (id: string) => new CfnParameter(stack, id).valueAsString;
  const days = new CfnParameter(stack, 'Days', { type: 'Number' }).valueAsNumber;
  const over: TieringConfigurationProps = {
    tieringConfigurationName: text('Name'),
    vault: backup.BackupVault.fromBackupVaultName(stack, 'Vault', text('VaultName')),
    selections: [
      { tierDownAfter: Duration.days(days), buckets: [s3.Bucket.fromBucketArn(stack, 'Bucket', text('BucketArn'))] },
    ],
    tags: { owner: text('Owner') },
  };
  template(over, stack).hasResourceProperties(TYPE, {
    TieringConfigurationName: { Ref: 'Name' },
    BackupVaultName: { Ref: 'VaultName' },
    ResourceSelection: [
      { ResourceType: 'S3', Resources: [{ Ref: 'BucketArn' }], TieringDownSettingsInDays: { Ref: 'Days' } },
    ],
    TieringConfigurationTags: { owner: { Ref: 'Owner' } },
  });
});

test('writes waivers into the template', () => {
  const waivers = [{ rule: 'tiering-configuration-days', path: '*', reason: 'shown' }];
  template({ waivers, selections: [{ tierDownAfter: Duration.days(1) }] }).hasResource(TYPE, {
    Metadata: { Holdfast: { waivers } },
  });
});

test('keeps its ids and logical ids', () => {
  const stack = stackOf();
  const made = tiering(stack);
  expect(made.node.findAll().map(({ node }) => node.path)).toEqual(['S/Tiers', 'S/Tiers/Resource']);
  expect(Object.keys(Template.fromStack(stack).toJSON().Resources)).toEqual(['Tiers26B72A96']);
});
