import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { Plan, PlanProps, PlanRuleProps, Vault } from '@holdfast/cdktf';
import { ScanMode, ScanResourceType, TerraformFeatures } from '@holdfast/model';
import { TerraformStack } from 'cdktf';
import { addresses, all, message, only, refusal, resolve, sentence, stackOf } from './support/stacks';

const TYPE = 'aws_backup_plan';
const SCANNER = 'arn:aws:iam::111122223333:role/scanner';
const AIR_GAPPED = 'arn:aws:backup:eu-central-1:111122223333:backup-vault:air-gapped';
const vault = Vault.fromBackupVaultArn('arn:aws:backup:eu-central-1:111122223333:backup-vault:primary');

const OLD = () => stackOf({ 'holdfast:awsProviderVersion': '5.100.0' });
const NEWER = () => stackOf({ 'holdfast:awsProviderVersion': '6.67.0' });

function plan(stack: TerraformStack, rule: Partial<PlanRuleProps> = {}, over: Partial<PlanProps> = {}): Plan {
  return new Plan(stack, 'Plan', { backupPlanName: 'ledger', rules: [{ ruleName: 'daily', vault, ...rule }], ...over });
}

/** The arguments of a plan for a newer AWS provider. */
function rendered(rule: Partial<PlanRuleProps>, over: Partial<PlanProps> = {}, stack = NEWER()) {
  plan(stack, rule, over);
  return only(stack, TYPE) as { rule: Record<string, unknown>[]; [name: string]: unknown };
}

/** What is said of a property that needs a newer AWS provider. */
function needs(feature: string, path: string): string {
  const { since, terraformNames } = TerraformFeatures.find(feature);
  const allowed = `used with version ${since} of the AWS provider or a later one (${terraformNames.join(', ')})`;
  return sentence('terraform-provider-version', path, 'version 5.100.0', allowed);
}

describe('for an AWS provider of version 5', () => {
  // prettier-ignore
  const NEW: [string, Partial<PlanRuleProps>, Partial<PlanProps>, string[]][] = [
    ['a scan action',        { scanAction: ScanMode.FULL_SCAN }, {},                                   [needs('scan-settings', 'rules[0].scanAction')]],
    ['an air-gapped target', { targetLogicallyAirGappedBackupVaultArn: AIR_GAPPED }, {},               [needs('logically-air-gapped-target', 'rules[0].targetLogicallyAirGappedBackupVaultArn')]],
    ['lists of buckets',     {}, { s3BackupAcls: false },                                              [needs('s3-backup-options', 'advancedBackupSettings[0]')]],
    ['tags of buckets',      {}, { windowsVss: true, s3BackupObjectTags: true },                       [needs('s3-backup-options', 'advancedBackupSettings[1]')]],
    ['options of buckets',   {}, { advancedBackupSettings: [{ resourceType: 'S3', backupOptions: { BackupACLs: 'enabled' } }] }, [needs('s3-backup-options', 'advancedBackupSettings[0]')]],
  ];

  test.each(NEW)('fails for %s, and names the version', (_, rule, over, said) => {
    expect(refusal(() => plan(OLD(), rule, over))).toBe(message('S/Plan', said));
  });

  test('fails for scan settings', () => {
    expect(refusal(() => plan(OLD(), {}, { scanSettings: { scannerRoleArn: SCANNER } }))).toContain(
      needs('scan-settings', 'scanSettings'),
    );
  });

  test('renders them all the same where that is waived', () => {
    const waivers = [{ rule: 'terraform-provider-version', path: '*', reason: 'a build of our own' }];
    const made = rendered({ scanAction: ScanMode.FULL_SCAN }, { waivers }, OLD());
    expect(made.rule[0]).toHaveProperty('scan_action');
  });
});

describe('index actions', () => {
  test('fail for every AWS provider, as none has an argument for them', () => {
    const said = sentence('terraform-argument-missing', 'rules[0].indexActions', 'EBS');
    for (const stack of [OLD(), NEWER()]) {
      expect(refusal(() => plan(stack, { indexActions: ['EBS'] }))).toBe(message('S/Plan', [said]));
    }
    expect(() => plan(NEWER(), { indexActions: [] })).not.toThrow();
  });

  test('give the selections what they need where somebody else sets them', () => {
    const stack = NEWER();
    const waivers = [{ rule: 'terraform-argument-missing', path: '*', reason: 'set by a script' }];
    plan(stack, { indexActions: ['EBS'] }, { waivers }).addSelection('All', { selectionName: 'all', tags: { a: 'b' } });
    expect(only(stack, TYPE).rule).toEqual([expect.not.objectContaining({ index_actions: expect.anything() })]);
    expect(JSON.stringify(all(stack, 'aws_iam_role_policy_attachment'))).toContain('PolicyForIndexing');
  });
});

test('sends the first backup to a logically air-gapped vault', () => {
  const made = rendered({ targetLogicallyAirGappedBackupVaultArn: AIR_GAPPED });
  expect(made.rule).toMatchObject([
    { rule_name: 'daily', target_vault_name: 'primary', target_logically_air_gapped_backup_vault_arn: AIR_GAPPED },
  ]);
});

test('says which parts of buckets are backed up', () => {
  expect(rendered({}, { windowsVss: false, s3BackupAcls: false, s3BackupObjectTags: true })).toMatchObject({
    advanced_backup_setting: [
      { resource_type: 'EC2', backup_options: { WindowsVSS: 'disabled' } },
      { resource_type: 'S3', backup_options: { BackupACLs: 'disabled', BackupObjectTags: 'enabled' } },
    ],
  });
});

describe('scans', () => {
  test('are none unless a rule has an action', () => {
    const stack = NEWER();
    const made = rendered({}, {}, stack);
    expect(made).not.toHaveProperty('scan_setting');
    expect(made.rule[0]).not.toHaveProperty('scan_action');
    expect(all(stack, 'aws_iam_role')).toEqual([]);
  });

  test.each(Object.values(ScanMode))('of mode %s follow the backups of their rule', (scanAction) => {
    const stack = NEWER();
    const rules = [
      { ruleName: 'plain', vault },
      { ruleName: 'scanned', vault, scanAction, startWindowMinutes: 60 },
    ];
    new Plan(stack, 'Plan', { backupPlanName: 'ledger', rules });
    const { rule } = only(stack, TYPE) as { rule: object[] };
    expect(rule[0]).not.toHaveProperty('scan_action');
    expect(rule[1]).toMatchObject({
      rule_name: 'scanned',
      start_window: 60,
      scan_action: [{ malware_scanner: 'GUARDDUTY', scan_mode: scanAction }],
    });
  });

  test('are of all that can be scanned, with a role that the scanner alone can assume, where nothing is said', () => {
    const stack = NEWER();
    const made = plan(stack, { scanAction: ScanMode.FULL_SCAN });
    const [role, attachment] = addresses(stack).slice(1);
    expect(only(stack, TYPE)).toMatchObject({
      scan_setting: [{ malware_scanner: 'GUARDDUTY', resource_types: ['ALL'], scanner_role_arn: `\${${role}.arn}` }],
      depends_on: [attachment],
    });
    expect(JSON.parse(String(only(stack, 'aws_iam_role').assume_role_policy)).Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'malware-protection.guardduty.amazonaws.com' },
        Action: 'sts:AssumeRole',
      },
    ]);
    expect(only(stack, 'aws_iam_role_policy_attachment').policy_arn).toBe(
      'arn:aws:iam::aws:policy/AWSBackupGuardDutyRolePolicyForScans',
    );
    expect(resolve(stack, made.scannerRole?.arn)).toBe(`\${${role}.arn}`);
    expect(made.node.findAll().map(({ node }) => node.path)).toEqual([
      'S/Plan',
      'S/Plan/ScannerRole',
      'S/Plan/AWSBackupGuardDutyRolePolicyForScans',
      'S/Plan/Resource',
    ]);
  });

  test('are of what is said, with a role that is given', () => {
    const stack = NEWER();
    const role = new IamRole(stack, 'Scanner', { assumeRolePolicy: '{}' });
    const scanSettings = { resourceTypes: [ScanResourceType.EBS, ScanResourceType.S3], scannerRoleArn: role.arn };
    const made = plan(stack, { scanAction: ScanMode.FULL_SCAN }, { scanSettings });
    expect(only(stack, TYPE)).toMatchObject({
      scan_setting: [{ resource_types: ['EBS', 'S3'], scanner_role_arn: '${aws_iam_role.Scanner.arn}' }],
    });
    expect(only(stack, TYPE)).not.toHaveProperty('depends_on');
    expect(made.scannerRole).toBeUndefined();
  });

  test('give the role of a selection what it needs to start them', () => {
    const stack = NEWER();
    const made = plan(stack, { scanAction: ScanMode.FULL_SCAN }, { scanSettings: { scannerRoleArn: SCANNER } });
    made.addSelection('All', { selectionName: 'all', tags: { a: 'b' } });
    expect(JSON.stringify(all(stack, 'aws_iam_role_policy_attachment'))).toContain(
      'AWSBackupServiceRolePolicyForScans',
    );
  });
});
