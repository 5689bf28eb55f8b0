import { BackupPlan, BackupPlanRules, BackupRule, IValueProbe, ScanSetting } from '@holdfast/model';
import { plan, PLAIN, Row, rule, testRows, vaultArn } from './rows';

const ROLE = 'arn:aws:iam::123456789012:role/scanner';
const ACTION = { malwareScanner: 'GUARDDUTY', scanMode: 'FULL_SCAN' };
const SETTING: ScanSetting = { malwareScanner: 'GUARDDUTY', resourceTypes: ['ALL'], scannerRoleArn: ROLE };

const scans = (action: object, over: Partial<BackupRule> = {}, setting = SETTING): Partial<BackupPlan> => ({
  rules: [rule({ scanActions: [action], ...over })],
  scanSettings: [setting],
});
const settings = (over: Partial<ScanSetting>): Partial<BackupPlan> => scans(ACTION, {}, { ...SETTING, ...over });
const only = (...resourceTypes: string[]): ScanSetting => ({ ...SETTING, resourceTypes });
const CONTINUOUS = { enableContinuousBackup: true, lifecycle: { deleteAfterDays: 14 } };
const GAPPED = { targetLogicallyAirGappedBackupVaultArn: vaultArn('gapped') };

// prettier-ignore
const ROWS: Row<Partial<BackupPlan>>[] = [
  ['scan-action-scanner',    'passes', scans(ACTION)],
  ['scan-action-scanner',    'fails',  scans({ ...ACTION, malwareScanner: 'guardduty' }), 'p.rules[0].scanActions[0].malwareScanner', 'guardduty'],
  ['scan-action-mode',       'passes', scans({ ...ACTION, scanMode: 'INCREMENTAL_SCAN' })],
  ['scan-action-mode',       'fails',  scans({ ...ACTION, scanMode: 'FULL' }),            'p.rules[0].scanActions[0].scanMode', 'FULL'],
  ['scan-action-incomplete', 'passes', scans(ACTION)],
  ['scan-action-incomplete', 'fails',  scans({ scanMode: 'FULL_SCAN' }),                  'p.rules[0].scanActions[0]', 'no malwareScanner'],
  ['scan-action-incomplete', 'fails',  scans({ malwareScanner: 'GUARDDUTY' }),            'p.rules[0].scanActions[0]', 'no scanMode'],
  ['scan-action-no-setting', 'passes', scans(ACTION)],
  ['scan-action-no-setting', 'passes', { rules: [rule({ scanActions: [] })] }],
  ['scan-action-no-setting', 'fails',  { rules: [rule({ scanActions: [ACTION] })] },      'p.rules[0].scanActions', 'none'],
  ['scan-action-no-setting', 'fails',  { rules: [rule({ scanActions: [ACTION] })], scanSettings: [] }, 'p.rules[0].scanActions', 'none'],
  ['scan-action-continuous', 'fails',  scans(ACTION, CONTINUOUS),                         'p.rules[0].scanActions', 'enableContinuousBackup'],
  ['scan-action-continuous', 'fails',  scans(ACTION, CONTINUOUS, only('S3')),             'p.rules[0].scanActions', 'enableContinuousBackup'],
  ['scan-action-continuous', 'passes', scans(ACTION, CONTINUOUS, only('EBS', 'EC2'))],
  ['scan-action-continuous', 'passes', scans(ACTION, { enableContinuousBackup: false })],
  ['scan-action-air-gapped', 'fails',  scans(ACTION, GAPPED),                             'p.rules[0].scanActions', 'scanSettings for EBS and EC2'],
  ['scan-action-air-gapped', 'fails',  scans(ACTION, GAPPED, only('S3', 'EC2')),          'p.rules[0].scanActions', 'scanSettings for EC2'],
  ['scan-action-air-gapped', 'passes', scans(ACTION, GAPPED, only('S3'))],

  ['scan-setting-scanner',       'passes', settings({})],
  ['scan-setting-scanner',       'fails',  settings({ malwareScanner: 'CLAMAV' }),         'p.scanSettings[0].malwareScanner', 'CLAMAV'],
  ['scan-setting-resource-type', 'passes', settings({ resourceTypes: ['EBS', 'EC2', 'S3', 'ALL'] })],
  ['scan-setting-resource-type', 'fails',  settings({ resourceTypes: ['EBS', 'RDS'] }),    'p.scanSettings[0].resourceTypes[1]', 'RDS'],
  ['scan-setting-role-arn',      'passes', settings({ scannerRoleArn: ROLE })],
  ['scan-setting-role-arn',      'fails',  settings({ scannerRoleArn: 'scanner' }),        'p.scanSettings[0].scannerRoleArn', 'scanner'],
  ['scan-setting-incomplete',    'passes', settings({})],
  ['scan-setting-incomplete',    'fails',  { ...settings({}), scanSettings: [{}] },        'p.scanSettings[0]', 'no malwareScanner, resourceTypes, scannerRoleArn'],
  ['scan-setting-incomplete',    'fails',  settings({ resourceTypes: [] }),                'p.scanSettings[0]', 'no resourceTypes'],
  ['scan-setting-unused',        'passes', settings({})],
  ['scan-setting-unused',        'fails',  { scanSettings: [SETTING] },                    'p.scanSettings', '1 rules without scanActions'],
];

testRows((over) => BackupPlanRules.check(plan(over), 'p', PLAIN), ROWS);

test('what is known only at deployment is neither checked nor tripped over', () => {
  const probe: IValueProbe = { known: (value) => value !== 'TOKEN' };
  const token = 'TOKEN';
  const declared = plan({
    rules: [rule({ scanActions: [{ malwareScanner: token, scanMode: token }] })],
    scanSettings: [{ malwareScanner: token, resourceTypes: [token], scannerRoleArn: token }],
  });
  expect(BackupPlanRules.check(declared, '', probe)).toEqual([]);
  const lists = { rules: [rule({ scanActions: token as never })], scanSettings: token as never };
  expect(BackupPlanRules.check(plan(lists), '', probe)).toEqual([]);
});
