import { IValueProbe, TieringConfiguration, TieringConfigurationRules } from '@holdfast/model';
import { ENV, many, PLAIN, Row, testRows } from './rows';

const BUCKET = 'arn:aws:s3:::bucket';

function tiering(over: Partial<TieringConfiguration> = {}): TieringConfiguration {
  return {
    tieringConfigurationName: 'tiers',
    backupVaultName: 'main',
    env: ENV,
    resourceSelection: [selection()],
    ...over,
  };
}

function selection(resources: string[] = ['*'], tieringDownSettingsInDays = 60, resourceType = 'S3') {
  return { resourceType, resources, tieringDownSettingsInDays };
}

const of = (...resourceSelection: TieringConfiguration['resourceSelection']) => ({ resourceSelection });
const buckets = (count: number, from = 0) => many(count, (i) => `${BUCKET}-${from + i}`);

// prettier-ignore
const ROWS: Row<Partial<TieringConfiguration>>[] = [
  ['tiering-configuration-name', 'fails',  { tieringConfigurationName: '' },              't.tieringConfigurationName', 'an empty name'],
  ['tiering-configuration-name', 'passes', { tieringConfigurationName: 'a' }],
  ['tiering-configuration-name', 'passes', { tieringConfigurationName: 'a_1'.repeat(66) }],
  ['tiering-configuration-name', 'fails',  { tieringConfigurationName: 'a'.repeat(201) }, 't.tieringConfigurationName', `201 characters: ${'a'.repeat(201)}`],
  ['tiering-configuration-name', 'fails',  { tieringConfigurationName: 'a-b' },           't.tieringConfigurationName', 'a-b'],
  ['tiering-configuration-vault-name', 'passes', { backupVaultName: '*' }],
  ['tiering-configuration-vault-name', 'passes', { backupVaultName: 'ab' }],
  ['tiering-configuration-vault-name', 'fails',  { backupVaultName: 'a' },                't.backupVaultName', 'a'],
  ['tiering-configuration-vault-name', 'fails',  { backupVaultName: 'main*' },            't.backupVaultName', 'main*'],
  ['tiering-configuration-selections', 'fails',  of(),                                    't.resourceSelection', '0'],
  ['tiering-configuration-selections', 'passes', of(selection())],
  ['tiering-configuration-selections', 'passes', of(...many(5, (i) => selection(buckets(1, i))))],
  ['tiering-configuration-selections', 'fails',  of(...many(6, (i) => selection(buckets(1, i)))), 't.resourceSelection', '6'],
  ['tiering-configuration-resource-type', 'passes', of(selection(['*'], 60, 'S3'))],
  ['tiering-configuration-resource-type', 'fails',  of(selection(['*'], 60, 'EBS')),      't.resourceSelection[0].resourceType', 'EBS'],
  ['tiering-configuration-days', 'fails',  of(selection(['*'], 59)),    't.resourceSelection[0].tieringDownSettingsInDays', '59 days'],
  ['tiering-configuration-days', 'passes', of(selection(['*'], 60))],
  ['tiering-configuration-days', 'passes', of(selection(['*'], 36500))],
  ['tiering-configuration-days', 'fails',  of(selection(['*'], 36501)), 't.resourceSelection[0].tieringDownSettingsInDays', '36501 days'],
  ['tiering-configuration-days', 'fails',  of(selection(['*'], 60.5)),  't.resourceSelection[0].tieringDownSettingsInDays', '60.5 days'],
  ['tiering-configuration-resources', 'fails',  of(selection([])),      't.resourceSelection[0].resources', '0'],
  ['tiering-configuration-resources', 'passes', of(selection(buckets(100)))],
  ['tiering-configuration-resources', 'fails',  of(selection(buckets(60)), selection(buckets(41, 60))), 't.resourceSelection', '101'],
  ['tiering-configuration-resource-arn', 'passes', of(selection([BUCKET]))],
  ['tiering-configuration-resource-arn', 'fails',  of(selection(['bucket'])),      't.resourceSelection[0].resources[0]', 'bucket'],
  ['tiering-configuration-resource-arn', 'fails',  of(selection([`${BUCKET}*`])),  't.resourceSelection[0].resources[0]', `${BUCKET}*`],
  ['tiering-configuration-star', 'passes', of(selection(['*']))],
  ['tiering-configuration-star', 'fails',  of(selection([BUCKET, '*'])),           't.resourceSelection[0].resources[1]', '* and 1 more'],
  ['tiering-configuration-resource-twice', 'passes', of(selection([BUCKET]), selection(['*'], 90))],
  ['tiering-configuration-resource-twice', 'fails',  of(selection([BUCKET]), selection([BUCKET], 90)), 't.resourceSelection[1].resources[0]', `${BUCKET}, as at t.resourceSelection[0].resources[0]`],
];

testRows((over) => TieringConfigurationRules.check(tiering(over), 't', PLAIN), ROWS);

// prettier-ignore
const TOGETHER: Row<TieringConfiguration[]>[] = [
  ['tiering-configuration-name-unique',  'fails',  [tiering(), tiering({ backupVaultName: 'other', declaredAt: 'B' })], 'B.tieringConfigurationName', 'tiers again, as at tiers'],
  ['tiering-configuration-name-unique',  'passes', [tiering(), tiering({ tieringConfigurationName: 'b', backupVaultName: 'other' })]],
  ['tiering-configuration-name-unique',  'passes', [tiering(), tiering({ env: { ...ENV, region: 'eu-west-1' } })]],
  ['tiering-configuration-vault-unique', 'fails',  [tiering(), tiering({ tieringConfigurationName: 'b' })],             'b.backupVaultName', 'main again, as at tiers'],
  ['tiering-configuration-vault-unique', 'fails',  many(2, (i) => tiering({ tieringConfigurationName: `t${i}`, backupVaultName: '*' })), 't1.backupVaultName', '* again, as at t0'],
  ['tiering-configuration-vault-unique', 'passes', [tiering(), tiering({ tieringConfigurationName: 'b', backupVaultName: '*' })]],
];

testRows((configurations) => TieringConfigurationRules.checkTogether(configurations, PLAIN), TOGETHER);

test('what is known only at deployment is neither checked nor tripped over', () => {
  const probe: IValueProbe = { known: (value) => value !== 'TOKEN' && value !== -7 };
  const declared = tiering({
    tieringConfigurationName: 'TOKEN',
    backupVaultName: 'TOKEN',
    resourceSelection: [{ resourceType: 'TOKEN', resources: ['TOKEN'], tieringDownSettingsInDays: -7 }],
  });
  expect(TieringConfigurationRules.check(declared, '', probe)).toEqual([]);
});
