import {
  BackupFrameworkRules,
  BackupPlanRules,
  BackupReportPlanRules,
  BackupVaultRules,
  Finding,
  FrameworkControl,
  IValueProbe,
  LegalHoldRules,
  LogicallyAirGappedVaultRules,
  RestoreAccessVaultRules,
  RestoreTestingPlanRules,
  TagRules,
  TieringConfigurationRules,
} from '@holdfast/model';
import { ENV, PLAIN, plan, Row, rule, tagsOf, testRows } from './rows';

type Tags = { [key: string]: string };

const OTHERS = 'ä Ω 界 _.:/=+-@ 9';
/** One character that takes two places in a text of JavaScript. */
const LONG_DIGIT = String.fromCodePoint(0x1d7d8);

// prettier-ignore
const ROWS: Row<Tags>[] = [
  ['tag-key-reserved', 'passes', { aws: 'x', 'x:aws:y': 'x', 'awsx:y': 'x' }],
  ['tag-key-reserved', 'passes', { team: 'aws:x' }],
  ['tag-key-reserved', 'fails',  { 'aws:x': 'x' },                't', 'aws:x'],
  ['tag-key-reserved', 'fails',  { 'AwS:x': 'x' },                't', 'AwS:x'],
  ['tag-key',          'passes', { [OTHERS]: 'x', k: 'x', ['k'.repeat(128)]: 'x', [LONG_DIGIT.repeat(128)]: 'x' }],
  ['tag-key',          'passes', { 'aws:#': 'x' }],
  ['tag-key',          'fails',  { '': 'x' },                     't', 'an empty key'],
  ['tag-key',          'fails',  { ['k'.repeat(129)]: 'x' },      't', '129 characters'],
  ['tag-key',          'fails',  { 'a#b': 'x' },                  't', 'a#b'],
  ['tag-value',        'passes', { k: '', l: OTHERS, m: 'v'.repeat(256) }],
  ['tag-value',        'fails',  { k: 'v'.repeat(257) },          't.k', '257 characters'],
  ['tag-value',        'fails',  { k: 'a,b' },                    't.k', 'a,b'],
  ['tag-count',        'passes', tagsOf(50)],
  ['tag-count',        'fails',  tagsOf(51),                      't', '51'],
];

testRows((tags) => TagRules.check(tags, 't', PLAIN), ROWS);

const AIR_GAPPED = { backupVaultName: 'isolated', env: ENV, minRetentionDays: 7, maxRetentionDays: 30 };
const HOLD = { title: 't', description: 'd', env: ENV, recoveryPointSelection: { vaultNames: ['main'] } };
const ACCESS = {
  sourceBackupVaultArn: `arn:aws:backup:${ENV.region}:210987654321:backup-vault:isolated`,
  env: ENV,
  requesterComment: 'drill',
};
const DRILL = {
  restoreTestingPlanName: 'drill',
  env: ENV,
  scheduleExpression: 'cron(0 5 ? * * *)',
  recoveryPointSelection: {
    algorithm: 'LATEST_WITHIN_WINDOW',
    recoveryPointTypes: ['SNAPSHOT'],
    includeVaults: ['*'],
  },
};
const TIERING = {
  tieringConfigurationName: 'tiers',
  env: ENV,
  backupVaultName: '*',
  resourceSelection: [{ resourceType: 'S3', resources: ['*'], tieringDownSettingsInDays: 60 }],
};
const REPORT = {
  reportPlanName: 'jobs',
  env: ENV,
  s3BucketName: 'reports-of-backups',
  reportTemplate: 'BACKUP_JOB_REPORT',
};
const FRAMEWORK = { frameworkName: 'f', env: ENV, controls: [FrameworkControl.backupRecoveryPointEncrypted()] };

// prettier-ignore
const OWNERS: [what: string, path: string, check: (tags: Tags) => Finding[]][] = [
  ['a vault',                    'x.tags', (tags) => BackupVaultRules.check({ backupVaultName: 'main', env: ENV, tags }, 'x', PLAIN)],
  ['an air-gapped vault',        'x.tags', (tags) => LogicallyAirGappedVaultRules.check({ ...AIR_GAPPED, tags }, 'x', PLAIN)],
  ['a restore access vault',     'x.tags', (tags) => RestoreAccessVaultRules.check({ ...ACCESS, tags }, 'x', PLAIN)],
  ['a plan',                     'x.tags', (tags) => BackupPlanRules.check(plan({ tags }), 'x', PLAIN)],
  ['what a rule puts on points', 'x.rules[0].recoveryPointTags', (tags) => BackupPlanRules.check(plan({ rules: [rule({ recoveryPointTags: tags })] }), 'x', PLAIN)],
  ['a legal hold',               'x.tags', (tags) => LegalHoldRules.check({ ...HOLD, tags }, 'x', PLAIN)],
  ['a framework',                'x.tags', (tags) => BackupFrameworkRules.check({ ...FRAMEWORK, tags }, 'x', PLAIN)],
  ['a report plan',              'x.tags', (tags) => BackupReportPlanRules.check({ ...REPORT, tags }, 'x', PLAIN)],
  ['a restore testing plan',     'x.tags', (tags) => RestoreTestingPlanRules.check({ ...DRILL, tags }, 'x', PLAIN)],
  ['a tiering configuration',    'x.tags', (tags) => TieringConfigurationRules.check({ ...TIERING, tags }, 'x', PLAIN)],
];

test.each(OWNERS)('tags of %s are checked', (_, path, check) => {
  const rules = (tags: Tags) =>
    check(tags)
      .filter((finding) => finding.rule.startsWith('tag-'))
      .map((finding) => [finding.rule, finding.path]);
  expect(rules({ team: 'a' })).toEqual([]);
  expect(rules({ 'aws:team': 'a,b' })).toEqual([
    ['tag-key-reserved', path],
    ['tag-value', `${path}.aws:team`],
  ]);
});

test('what is known only at deployment is neither checked nor tripped over', () => {
  const probe: IValueProbe = { known: (value) => value !== 'TOKEN#' };
  expect(TagRules.check({ 'TOKEN#': 'x', k: 'TOKEN#' }, 't', probe)).toEqual([]);
  expect(TagRules.check('TOKEN#' as unknown as Tags, 't', probe)).toEqual([]);
});
