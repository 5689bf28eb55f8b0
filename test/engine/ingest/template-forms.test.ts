import * as fs from 'node:fs';
import * as path from 'node:path';
import { read, refusal } from './read';

const FIXTURES = path.join(__dirname, 'fixtures');

function fixture(name: string): string {
  return fs.readFileSync(path.join(FIXTURES, name), 'utf8');
}

/** Everything but where it was declared. */
function withoutPlaces(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner: unknown) => (key === 'declaredAt' ? undefined : inner)));
}

describe('a template', () => {
  test('says the same in JSON and in YAML with short forms', () => {
    const fromJson = read({ 'estate.json': fixture('estate.json') });
    const fromYaml = read({ 'estate.yaml': fixture('estate.yaml') });
    expect(withoutPlaces(fromYaml.estate)).toEqual(withoutPlaces(fromJson.estate));
    expect(fromYaml.notRead.map(({ type }) => type)).toEqual(fromJson.notRead.map(({ type }) => type));
  });

  test('gives vaults, plans and selections with everything that they can say', () => {
    const { estate, notRead, strangers } = read({ 'estate.yaml': fixture('estate.yaml') });
    const env = { partition: 'aws', account: '123456789012', region: 'eu-central-1' };
    expect(estate.vaults).toEqual([
      {
        backupVaultName: 'prod-main',
        env,
        encryptionKeyArn: expect.stringMatching(/^arn:aws:kms:eu-central-1:123456789012:key\/[0-9a-f-]{36}$/) as string,
        accessPolicy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Deny',
              Principal: '*',
              Action: 'backup:DeleteRecoveryPoint',
              Resource: '*',
              Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/break-glass' } },
            },
          ],
        },
        vaultLock: { minRetentionDays: 7, maxRetentionDays: 365, changeableForDays: 3 },
        notifications: {
          snsTopicArn: 'arn:aws:sns:eu-central-1:123456789012:alerts',
          backupVaultEvents: ['BACKUP_JOB_FAILED', 'COPY_JOB_FAILED'],
        },
        tags: { stage: 'prod', account: '012345678901' },
        declaredAt: 'estate.yaml: Main',
      },
    ]);
    expect(estate.logicallyAirGappedVaults).toEqual([
      { backupVaultName: 'gapped', env, minRetentionDays: 7, maxRetentionDays: 90, declaredAt: 'estate.yaml: Gapped' },
    ]);
    expect(estate.plans).toEqual([
      {
        backupPlanName: 'prod',
        env,
        rules: [
          {
            ruleName: 'daily',
            targetBackupVaultName: 'prod-main',
            targetLogicallyAirGappedBackupVaultArn: 'arn:aws:backup:eu-central-1:123456789012:backup-vault:gapped',
            scheduleExpression: 'cron(0 5 ? * * *)',
            scheduleExpressionTimezone: 'Europe/Berlin',
            startWindowMinutes: 60,
            completionWindowMinutes: 600,
            lifecycle: {
              moveToColdStorageAfterDays: 30,
              deleteAfterDays: 120,
              optInToArchiveForSupportedResources: true,
            },
            recoveryPointTags: { by: 'prod-main' },
            copyActions: [
              {
                destinationBackupVaultArn: 'arn:aws:backup:eu-west-1:123456789012:backup-vault:copy',
                lifecycle: { deleteAfterDays: 365 },
              },
              { destinationBackupVaultArn: 'arn:aws:backup:eu-west-1:210987654321:backup-vault:away' },
            ],
            enableContinuousBackup: false,
            indexActions: ['EBS'],
            scanActions: [{ malwareScanner: 'GUARDDUTY', scanMode: 'FULL_SCAN' }],
          },
          { ruleName: 'bare', targetBackupVaultName: 'prod-main' },
        ],
        advancedBackupSettings: [{ resourceType: 'EC2', backupOptions: { WindowsVSS: 'enabled' } }],
        scanSettings: [
          {
            malwareScanner: 'GUARDDUTY',
            resourceTypes: ['EBS', 'S3'],
            scannerRoleArn: 'arn:aws:iam::123456789012:role/scanner',
          },
        ],
        tags: { plan: 'yes' },
        selections: [
          {
            selectionName: 'all',
            iamRoleArn: 'arn:aws:iam::123456789012:role/backup',
            resources: ['arn:aws:dynamodb:eu-central-1:123456789012:table/orders', 'arn:aws:ec2:*:*:volume/*'],
            notResources: ['arn:aws:s3:::scratch-*'],
            listOfTags: [{ conditionKey: 'backup', conditionValue: 'daily' }],
            conditions: {
              stringEquals: [{ conditionKey: 'aws:ResourceTag/stage', conditionValue: 'prod' }],
              stringNotLike: [{ conditionKey: 'aws:ResourceTag/team', conditionValue: 'test-*' }],
            },
            declaredAt: 'estate.yaml: All',
          },
        ],
        declaredAt: 'estate.yaml: Plan',
      },
    ]);
    const depth = {
      path: 'estate.yaml: Plan.BackupPlan.ScanSettings[0].Depth',
      type: 'AWS::Backup::BackupPlan',
      name: 'Depth',
    };
    expect(strangers).toEqual([depth]);
    expect(notRead).toEqual([
      { path: 'estate.yaml: Metadata', type: 'AWS::CDK::Metadata', reason: 'this type is not modelled' },
    ]);
  });

  test('lists the macros that change it', () => {
    const template = { Transform: ['AWS::Serverless-2016-10-31', 'AWS::LanguageExtensions'], Resources: {} };
    expect(read({ 't.json': template }).notRead).toEqual([
      {
        path: 't.json: Transform',
        type: 'AWS::Serverless-2016-10-31',
        reason: 'a macro changes the template at deploy time; it is read as written',
      },
    ]);
  });

  test('passes on the waivers that constructs wrote into it', () => {
    const waiver = { rule: 'vault-lock', path: 'vaultLock', reason: 'agreed', expires: '2027-01-01' };
    const resource = {
      Type: 'AWS::Backup::BackupVault',
      Properties: { BackupVaultName: 'main' },
      Metadata: { Holdfast: { waivers: [waiver] } },
    };
    expect(read({ 't.json': { Resources: { V: resource } } }).waivers).toEqual([
      { ...waiver, path: 't.json: V.vaultLock' },
    ]);
  });

  test('lays the waivers of a plan over its selections too', () => {
    const waiver = { rule: 'selection-name', path: '*', reason: 'agreed' };
    const Plan = {
      Type: 'AWS::Backup::BackupPlan',
      Properties: { BackupPlan: { BackupPlanName: 'p', BackupPlanRule: [] } },
      Metadata: { Holdfast: { waivers: [waiver] } },
    };
    const All = {
      Type: 'AWS::Backup::BackupSelection',
      Properties: {
        BackupPlanId: { Ref: 'Plan' },
        BackupSelection: { SelectionName: 's', IamRoleArn: 'arn:aws:iam::123456789012:role/r', Resources: ['*'] },
      },
    };
    expect(read({ 't.json': { Resources: { Plan, All } } }).waivers?.map(({ path: at }) => at)).toEqual([
      't.json: Plan.*',
      't.json: All.*',
    ]);
  });

  test('fails on waivers that are none', () => {
    const vault = { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'main' } };
    const waived = (waivers: unknown): object => ({
      Resources: { V: { ...vault, Metadata: { Holdfast: { waivers } } } },
    });
    expect(refusal(() => read({ 't.json': waived('all') }))).toBe('t.json: V.Metadata.Holdfast.waivers must be a list');
    expect(refusal(() => read({ 't.json': waived([{ rule: 'a' }]) }))).toBe(
      't.json: V.Metadata.Holdfast.waivers[0] must have rule, path and reason, each a text',
    );
  });
});

test('lists misspelt and unknown properties at every depth, and does not need to know what they hold', () => {
  const template = `
Resources:
  V:
    Type: AWS::Backup::BackupVault
    Properties:
      BackupVaultName: main
      Bogus: !ImportValue nowhere
      LockConfiguration: { MinRetentionDays: 7, MaxRetentonDays: 9 }
  P:
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanName: p
        ScanSettings: [{ ScannerRole: !ImportValue nowhere }]
        BackupPlanRule:
          - RuleName: r
            TargetBackupVault: !Ref V
            SheduleExpression: cron(0 5 * * ? *)
            Lifecycle: { DeleteAfterDay: 35 }
            CopyActions: [{ DestinationBackupVaultArn: !GetAtt V.BackupVaultArn, Lifecycle: { DeleteAfter: 3 } }]
  S:
    Type: AWS::Backup::BackupSelection
    Properties:
      BackupPlanId: !Ref P
      BackupSelection:
        SelectionName: s
        IamRoleArn: arn:aws:iam::123456789012:role/backup
        Conditions: { StringEqual: [{ ConditionKey: a, ConditionValue: b }] }
`;
  const { notRead, strangers = [] } = read({ 's.yaml': template });
  expect(notRead).toEqual([]);
  expect(strangers.map(({ path, near }) => [path, near])).toEqual([
    ['s.yaml: V.Bogus', undefined],
    ['s.yaml: V.LockConfiguration.MaxRetentonDays', 'MaxRetentionDays'],
    ['s.yaml: P.BackupPlan.ScanSettings[0].ScannerRole', 'ScannerRoleArn'],
    ['s.yaml: P.BackupPlan.BackupPlanRule[0].SheduleExpression', 'ScheduleExpression'],
    ['s.yaml: P.BackupPlan.BackupPlanRule[0].Lifecycle.DeleteAfterDay', 'DeleteAfterDays'],
    ['s.yaml: P.BackupPlan.BackupPlanRule[0].CopyActions[0].Lifecycle.DeleteAfter', 'DeleteAfterDays'],
    ['s.yaml: S.BackupSelection.Conditions.StringEqual', 'StringEquals'],
  ]);
});
