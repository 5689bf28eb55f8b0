import {
  ComplianceAcknowledgement,
  LogicallyAirGappedServices,
  LogicallyAirGappedVault,
  LogicallyAirGappedVaultRules,
  RestoreAccessVault,
  RestoreAccessVaultRules,
  ServiceSupport,
  VaultShareRules,
} from '@holdfast/model';
import { airGapped, ENV, PLAIN, Row, testRows, vaultArn } from './rows';

const OTHER = '210987654321';
const TEAM = `arn:aws:mpa:us-east-1:${OTHER}:approval-team/restore-a1b2c3d4`;
const said = { deployedOn: '2027-01-01', acknowledgedBy: 'the platform team' };
const NOBODY = undefined as unknown as ComplianceAcknowledgement;

// prettier-ignore
const TEAMS: Row<Partial<LogicallyAirGappedVault>>[] = [
  ['logically-air-gapped-vault-team-arn',     'passes', { mpaApprovalTeamArn: TEAM }],
  ['logically-air-gapped-vault-team-arn',     'fails',  { mpaApprovalTeamArn: 'restore' }, 'v.mpaApprovalTeamArn', 'restore'],
  ['logically-air-gapped-vault-team-arn',     'fails',  { mpaApprovalTeamArn: TEAM.replace('approval-team', 'session') }, 'v.mpaApprovalTeamArn', TEAM.replace('approval-team', 'session')],
  ['logically-air-gapped-vault-team-region',  'passes', { mpaApprovalTeamArn: TEAM }],
  ['logically-air-gapped-vault-team-region',  'fails',  { mpaApprovalTeamArn: TEAM.replace('us-east-1', 'eu-central-1') }, 'v.mpaApprovalTeamArn', 'eu-central-1'],
  ['logically-air-gapped-vault-team-setting', 'passes', {}],
  ['logically-air-gapped-vault-team-setting', 'fails',  { mpaApprovalTeamArn: TEAM }, 'v.mpaApprovalTeamArn', TEAM],
];

testRows((over) => LogicallyAirGappedVaultRules.check(airGapped(over), 'v', PLAIN), TEAMS);

// prettier-ignore
const ACKNOWLEDGEMENTS: Row<{ readonly it: ComplianceAcknowledgement }>[] = [
  ['logically-air-gapped-vault-acknowledgement', 'passes', { it: said }],
  ['logically-air-gapped-vault-acknowledgement', 'fails',  { it: NOBODY },                          'said', 'no acknowledgement'],
  ['vault-lock-acknowledgement-day',             'fails',  { it: { ...said, deployedOn: 'soon' } }, 'said.deployedOn', 'soon'],
  ['vault-lock-acknowledgement-author',          'fails',  { it: { ...said, acknowledgedBy: '' } }, 'said.acknowledgedBy', 'an empty name'],
];

testRows(({ it }) => LogicallyAirGappedVaultRules.checkAcknowledgement(it, 'said', PLAIN), ACKNOWLEDGEMENTS);

// prettier-ignore
const SHARES: Row<string[]>[] = [
  ['vault-share-account',     'passes', [OTHER]],
  ['vault-share-account',     'fails',  ['arn:aws:organizations::123456789012:organization/o-a1b2c3d4e5'], 'share.accounts[0]', 'arn:aws:organizations::123456789012:organization/o-a1b2c3d4e5'],
  ['vault-share-account',     'fails',  ['2109876543210'],        'share.accounts[0]', '2109876543210'],
  ['vault-share-own-account', 'passes', [OTHER]],
  ['vault-share-own-account', 'fails',  [OTHER, ENV.account],     'share.accounts[1]', ENV.account],
  ['vault-share-none',        'fails',  [],                       'share.accounts',    '0'],
  ['vault-share-none',        'passes', [OTHER]],
  ['vault-share-twice',       'fails',  [OTHER, OTHER],           'share.accounts[1]', `${OTHER} twice`],
  ['vault-share-twice',       'passes', [OTHER, '333344445555']],
];

testRows((accounts) => VaultShareRules.check({ accounts }, ENV, 'share', PLAIN), SHARES);

// prettier-ignore
const RESTORE_ACCESS: Row<Partial<RestoreAccessVault>>[] = [
  ['restore-access-vault-source',        'passes', {}],
  ['restore-access-vault-source',        'fails',  { sourceBackupVaultArn: 'gapped' },          'v.sourceBackupVaultArn', 'gapped'],
  ['restore-access-vault-name',          'passes', { backupVaultName: 'ab' }],
  ['restore-access-vault-name',          'fails',  { backupVaultName: 'a' },                    'v.backupVaultName', 'a'],
  ['restore-access-vault-name',          'passes', { backupVaultName: 'a'.repeat(50) }],
  ['restore-access-vault-name',          'fails',  { backupVaultName: 'a'.repeat(51) },         'v.backupVaultName', `51 characters: ${'a'.repeat(51)}`],
  ['restore-access-vault-region',        'passes', {}],
  ['restore-access-vault-region',        'fails',  { env: { ...ENV, region: 'cn-north-1' } },   'v.env.region', 'cn-north-1'],
  ['restore-access-vault-source-region', 'passes', {}],
  ['restore-access-vault-source-region', 'fails',  { env: { ...ENV, region: 'eu-west-1' } },    'v.sourceBackupVaultArn', 'eu-central-1, where the vault is in eu-west-1'],
  ['restore-access-vault-comment',       'passes', { requesterComment: 'drill of January' }],
  ['restore-access-vault-comment',       'fails',  {},                                          'v.requesterComment', 'none'],
  ['restore-access-vault-comment',       'fails',  { requesterComment: ' ' },                   'v.requesterComment', 'none'],
];

const access = { sourceBackupVaultArn: vaultArn('gapped', { account: OTHER }), env: ENV };
testRows((over) => RestoreAccessVaultRules.check({ ...access, ...over }, 'v', PLAIN), RESTORE_ACCESS);

test('services are split by what logically air-gapped vaults hold', () => {
  expect(LogicallyAirGappedServices.split(['rds', 'aurora', 's3', 'redshift', 'unheard-of'])).toEqual({
    held: ['aurora', 's3'],
    others: ['rds', 'redshift', 'unheard-of'],
  });
});

test('the split is that of the table of services', () => {
  const ids = ServiceSupport.all().map(({ id }) => id);
  const { held, others } = LogicallyAirGappedServices.split(ids);
  expect(held).toEqual(LogicallyAirGappedServices.all().map(({ id }) => id));
  expect([held.length > 5, others.length > 2, held.length + others.length]).toEqual([true, true, ids.length]);
  expect(others.every((id) => !ServiceSupport.find(id).logicallyAirGapped)).toBe(true);
});
