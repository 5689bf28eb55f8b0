import { ComplianceAcknowledgement, VaultLock, VaultLockRules } from '@holdfast/model';
import { PLAIN, Row, testRows } from './rows';

// prettier-ignore
const ROWS: Row<VaultLock>[] = [
  ['vault-lock-min-retention', 'fails',  { minRetentionDays: 0 },     'vaultLock.minRetentionDays', '0 days'],
  ['vault-lock-min-retention', 'passes', { minRetentionDays: 1 }],
  ['vault-lock-min-retention', 'passes', { minRetentionDays: 36500 }],
  ['vault-lock-min-retention', 'fails',  { minRetentionDays: 36501 }, 'vaultLock.minRetentionDays', '36501 days'],
  ['vault-lock-min-retention', 'fails',  { minRetentionDays: 1.5 },   'vaultLock.minRetentionDays', '1.5 days'],
  ['vault-lock-max-retention', 'fails',  { maxRetentionDays: 0 },     'vaultLock.maxRetentionDays', '0 days'],
  ['vault-lock-max-retention', 'passes', { maxRetentionDays: 1 }],
  ['vault-lock-max-retention', 'passes', { maxRetentionDays: 36500 }],
  ['vault-lock-max-retention', 'fails',  { maxRetentionDays: 36501 }, 'vaultLock.maxRetentionDays', '36501 days'],
  ['vault-lock-bounds',        'fails',  { minRetentionDays: 7, maxRetentionDays: 6 }, 'vaultLock.maxRetentionDays', '6 days'],
  ['vault-lock-bounds',        'passes', { minRetentionDays: 7, maxRetentionDays: 7 }],
  ['vault-lock-grace-time',    'fails',  { changeableForDays: 2 },     'vaultLock.changeableForDays', '2 days'],
  ['vault-lock-grace-time',    'passes', { changeableForDays: 3 }],
  ['vault-lock-grace-time',    'passes', { changeableForDays: 36500 }],
  ['vault-lock-grace-time',    'fails',  { changeableForDays: 36501 }, 'vaultLock.changeableForDays', '36501 days'],
  ['vault-lock-grace-time',    'passes', {}],
  ['vault-lock-governance',    'fails',  { minRetentionDays: 7 },      'vaultLock.changeableForDays', 'none'],
  ['vault-lock-governance',    'passes', { changeableForDays: 3 }],
  ['vault-lock-no-minimum',    'fails',  { maxRetentionDays: 7 },      'vaultLock.minRetentionDays', 'none'],
  ['vault-lock-no-minimum',    'passes', { minRetentionDays: 1 }],
];

testRows((vaultLock) => VaultLockRules.check(vaultLock, 'vaultLock', PLAIN), ROWS);

interface Acknowledged {
  readonly vaultLock: VaultLock;
  readonly acknowledgement?: ComplianceAcknowledgement;
}
const compliance = { minRetentionDays: 7, changeableForDays: 3 };
const said = { deployedOn: '2027-01-01', acknowledgedBy: 'the platform team' };

// prettier-ignore
const ACKNOWLEDGEMENTS: Row<Acknowledged>[] = [
  ['vault-lock-acknowledgement',        'fails',  { vaultLock: compliance }, 'vaultLock.changeableForDays', 'no acknowledgement'],
  ['vault-lock-acknowledgement',        'passes', { vaultLock: compliance, acknowledgement: said }],
  ['vault-lock-acknowledgement',        'passes', { vaultLock: { minRetentionDays: 7 } }],
  ['vault-lock-acknowledgement-unused', 'fails',  { vaultLock: { minRetentionDays: 7 }, acknowledgement: said }, 'vaultLock.changeableForDays', 'none'],
  ['vault-lock-acknowledgement-unused', 'passes', { vaultLock: compliance, acknowledgement: said }],
  ['vault-lock-acknowledgement-day',    'passes', { vaultLock: compliance, acknowledgement: { ...said, deployedOn: '2028-02-29' } }],
  ['vault-lock-acknowledgement-day',    'fails',  { vaultLock: compliance, acknowledgement: { ...said, deployedOn: '2027-02-29' } }, 'vaultLock.deployedOn', '2027-02-29'],
  ['vault-lock-acknowledgement-day',    'fails',  { vaultLock: compliance, acknowledgement: { ...said, deployedOn: '2027-13-01' } }, 'vaultLock.deployedOn', '2027-13-01'],
  ['vault-lock-acknowledgement-day',    'fails',  { vaultLock: compliance, acknowledgement: { ...said, deployedOn: 'today' } }, 'vaultLock.deployedOn', 'today'],
  ['vault-lock-acknowledgement-author', 'fails',  { vaultLock: compliance, acknowledgement: { ...said, acknowledgedBy: ' ' } }, 'vaultLock.acknowledgedBy', 'an empty name'],
  ['vault-lock-acknowledgement-author', 'passes', { vaultLock: compliance, acknowledgement: { ...said, acknowledgedBy: 'x' } }],
];

testRows(
  ({ vaultLock, acknowledgement }) =>
    VaultLockRules.checkAcknowledgement(vaultLock, acknowledgement, 'vaultLock', PLAIN),
  ACKNOWLEDGEMENTS,
);

// prettier-ignore
test.each([
  ['the grace time after the day of deployment', 3,         '2027-01-01', '2027-01-04'],
  ['over the end of a month and a leap day',     30,        '2028-02-10', '2028-03-11'],
  ['over clock changes',                         365,       '2027-01-01', '2028-01-01'],
  ['nothing in governance mode',                 undefined, '2027-01-01', undefined],
  ['nothing for a grace time that AWS refuses',  2,         '2027-01-01', undefined],
  ['nothing for a day that is none',             3,         '2027-02-30', undefined],
])('the date of no return is %s', (_, changeableForDays, deployedOn, date) => {
  expect(VaultLockRules.dateOfNoReturn({ changeableForDays }, deployedOn)).toBe(date);
});
