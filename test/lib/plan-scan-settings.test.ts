import { Plan, PlanProps, PlanRuleProps } from '@holdfast/cdk';
import { ScanMode, ScanResourceType } from '@holdfast/model';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CfnParameter, Duration, Stack } from 'aws-cdk-lib/core';
import { annotations, refusal, stackOf } from './support/stacks';

const TYPE = 'AWS::Backup::BackupPlan';
const ROLE = 'AWS::IAM::Role';
const SCANNER_ROLE = 'arn:aws:iam::111122223333:role/scanner';

function plan(stack: Stack, rule: Partial<PlanRuleProps> = {}, over: Partial<PlanProps> = {}): Plan {
  const vault = backup.BackupVault.fromBackupVaultName(stack, 'Vault', 'primary');
  return new Plan(stack, 'Plan', { backupPlanName: 'ledger', rules: [{ ruleName: 'daily', vault, ...rule }], ...over });
}

function template(rule?: Partial<PlanRuleProps>, over?: Partial<PlanProps>, stack = stackOf()): Template {
  plan(stack, rule, over);
  return Template.fromStack(stack);
}

const scannerRole = (stack: Stack) => iam.Role.fromRoleArn(stack, 'Scanner', SCANNER_ROLE);

describe('scans', () => {
  test('are none unless a rule has an action', () => {
    const made = template();
    made.hasResourceProperties(TYPE, {
      BackupPlan: { ScanSettings: Match.absent(), BackupPlanRule: [{ ScanActions: Match.absent() }] },
    });
    made.resourceCountIs(ROLE, 0);
  });

  test.each(Object.values(ScanMode))('of mode %s follow the backups of their rule', (scanAction) => {
    template({ scanAction }).hasResourceProperties(TYPE, {
      BackupPlan: { BackupPlanRule: [{ ScanActions: [{ MalwareScanner: 'GUARDDUTY', ScanMode: scanAction }] }] },
    });
  });

  test('are of all that can be scanned, with a role of their own, where nothing is said', () => {
    template({ scanAction: ScanMode.FULL_SCAN }).hasResourceProperties(TYPE, {
      BackupPlan: {
        ScanSettings: [
          {
            MalwareScanner: 'GUARDDUTY',
            ResourceTypes: ['ALL'],
            ScannerRoleArn: { 'Fn::GetAtt': ['PlanScannerRole664C2D9C', 'Arn'] },
          },
        ],
      },
    });
  });

  test('have a role that the scanner alone can assume, with the managed policy for it and nothing else', () => {
    template({ scanAction: ScanMode.FULL_SCAN }).hasResourceProperties(ROLE, {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { Service: 'malware-protection.guardduty.amazonaws.com' },
            Condition: Match.absent(),
          },
        ],
      },
      ManagedPolicyArns: [
        {
          'Fn::Join': [
            '',
            ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AWSBackupGuardDutyRolePolicyForScans'],
          ],
        },
      ],
      Policies: Match.absent(),
    });
  });

  test('are of the services, and with the role, that are given', () => {
    const stack = stackOf();
    const scanSettings = {
      resourceTypes: [ScanResourceType.EBS, ScanResourceType.S3],
      scannerRole: scannerRole(stack),
    };
    const made = template({ scanAction: ScanMode.INCREMENTAL_SCAN }, { scanSettings }, stack);
    made.hasResourceProperties(TYPE, {
      BackupPlan: { ScanSettings: [{ ResourceTypes: ['EBS', 'S3'], ScannerRoleArn: SCANNER_ROLE }] },
    });
    made.resourceCountIs(ROLE, 0);
  });

  test('take a token for the role', () => {
    const stack = stackOf();
    const arn = new CfnParameter(stack, 'RoleArn').valueAsString;
    const scanSettings = { scannerRole: iam.Role.fromRoleArn(stack, 'Scanner', arn) };
    template({ scanAction: ScanMode.FULL_SCAN }, { scanSettings }, stack).hasResourceProperties(TYPE, {
      BackupPlan: { ScanSettings: [{ ScannerRoleArn: { Ref: 'RoleArn' } }] },
    });
  });

  test('that are set and never asked for are told of', () => {
    const stack = stackOf();
    plan(stack, {}, { scanSettings: { scannerRole: scannerRole(stack) } });
    expect(annotations(stack, 'warning').join('\n')).toContain('scan-setting-unused');
  });

  test('of continuous backups, which skip buckets, are told of', () => {
    const stack = stackOf();
    const scanSettings = { scannerRole: scannerRole(stack) };
    const deleteAfter = Duration.days(14);
    plan(stack, { scanAction: ScanMode.FULL_SCAN, enableContinuousBackup: true, deleteAfter }, { scanSettings });
    expect(annotations(stack, 'warning').join('\n')).toContain('scan-action-continuous');
  });

  test('keep their ids', () => {
    const stack = stackOf();
    const made = plan(stack, { scanAction: ScanMode.FULL_SCAN });
    expect(made.node.children.map(({ node }) => node.id)).toEqual(['ScannerRole', 'Resource', 'Imported']);
  });
});

describe('options for buckets', () => {
  const settings = (over: Partial<PlanProps>) => {
    const [made] = Object.values(template({}, over).findResources(TYPE));
    return (made?.Properties as { BackupPlan: { AdvancedBackupSettings?: unknown } }).BackupPlan.AdvancedBackupSettings;
  };

  // prettier-ignore
  test.each<[string, Partial<PlanProps>, unknown]>([
    ['nothing',      {},                                                  undefined],
    ['lists',        { s3BackupAcls: true },                              [{ ResourceType: 'S3', BackupOptions: { BackupACLs: 'enabled' } }]],
    ['no lists',     { s3BackupAcls: false },                             [{ ResourceType: 'S3', BackupOptions: { BackupACLs: 'disabled' } }]],
    ['tags',         { s3BackupObjectTags: true },                        [{ ResourceType: 'S3', BackupOptions: { BackupObjectTags: 'enabled' } }]],
    ['both',         { s3BackupAcls: false, s3BackupObjectTags: true },   [{ ResourceType: 'S3', BackupOptions: { BackupACLs: 'disabled', BackupObjectTags: 'enabled' } }]],
    ['lists, VSS',   { s3BackupAcls: true, windowsVss: true },            [{ ResourceType: 'EC2', BackupOptions: { WindowsVSS: 'enabled' } }, { ResourceType: 'S3', BackupOptions: { BackupACLs: 'enabled' } }]],
  ])('say %s', (_, over, expected) => {
    expect(settings(over)).toEqual(expected);
  });

  test('that are given twice are told of', () => {
    const stack = stackOf();
    const advancedBackupSettings = [{ resourceType: 'S3', backupOptions: { BackupACLs: 'enabled' } }];
    plan(stack, {}, { s3BackupAcls: false, advancedBackupSettings });
    expect(annotations(stack, 'info').join('\n')).toContain('plan-advanced-setting-twice');
  });
});

test('fails for a rule that scans what its settings do not name, by what the rules know of services', () => {
  const resourceTypes = ['RDS' as ScanResourceType];
  expect(refusal(() => template({ scanAction: ScanMode.FULL_SCAN }, { scanSettings: { resourceTypes } }))).toBe(
    [
      'S/Plan: 1 value(s) that AWS Backup refuses',
      '  scanSettings[0].resourceTypes[0] must be EBS, EC2, S3 or ALL, got RDS [scan-setting-resource-type] (AWS Backup facts B5.6/2)',
    ].join('\n'),
  );
});
