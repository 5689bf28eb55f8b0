import { Severity } from '../../finding';
import { advice, api, fact, failsAtRun, refused, Table } from './describe';

const CREATE = api('CreateLogicallyAirGappedBackupVault');
const RESTORE_ACCESS = api('CreateRestoreAccessBackupVault');
const TEAM = 'https://docs.aws.amazon.com/mpa/latest/APIReference/API_GetApprovalTeam.html';

export const LOGICALLY_AIR_GAPPED_VAULT = {
  name: refused('logically-air-gapped-vault-name', '2 to 50 letters, digits, - and _', CREATE),
  minRetention: refused(
    'logically-air-gapped-vault-min-retention',
    'a whole number of days, at least 7 and at most 36500',
    CREATE,
  ),
  maxRetention: refused(
    'logically-air-gapped-vault-max-retention',
    'a whole number of days, at least 7 and at most 36500',
    fact('B7.5/1, B7.4/3'),
  ),
  bounds: refused('logically-air-gapped-vault-bounds', 'at least minRetentionDays', fact('B7.4/3, B7.5/1')),
  region: refused(
    'logically-air-gapped-vault-region',
    'in a Region that has logically air-gapped vaults',
    fact('B7.5/2'),
  ),
  acknowledgement: advice(
    'logically-air-gapped-vault-acknowledgement',
    Severity.ERROR,
    'acknowledged with deployedOn and acknowledgedBy, as nobody, AWS included, can change the bounds of the vault from its first day',
    fact('B7.5/1'),
  ),
  teamArn: refused('logically-air-gapped-vault-team-arn', 'the ARN of an approval team', TEAM),
  teamRegion: refused(
    'logically-air-gapped-vault-team-region',
    'a team of us-east-1, where all approval teams are',
    fact('B7.5/8'),
  ),
  teamSetting: advice(
    'logically-air-gapped-vault-team-setting',
    Severity.NOTE,
    'used where the management account of the organization turned multi-party approval on (isMpaEnabled) and the team is shared with this account; once there is a team, only it can let another take its place',
    fact('B7.5/8'),
  ),
} satisfies Table;

export const VAULT_SHARE = {
  account: refused(
    'vault-share-account',
    'the id of an account, 12 digits; a vault is not shared with organizations or their units',
    fact('B7.5/5'),
  ),
  ownAccount: advice(
    'vault-share-own-account',
    Severity.ERROR,
    'an account other than that of the vault, which needs no share',
    fact('B7.5/5'),
  ),
  none: advice('vault-share-none', Severity.ERROR, 'at least 1 account', fact('B7.5/5')),
  twice: advice('vault-share-twice', Severity.WARNING, 'each account once', fact('B7.5/5')),
} satisfies Table;

export const RESTORE_ACCESS_VAULT = {
  source: refused('restore-access-vault-source', 'the ARN of a backup vault', RESTORE_ACCESS),
  name: refused('restore-access-vault-name', '2 to 50 letters, digits, - and _', RESTORE_ACCESS),
  region: refused(
    'restore-access-vault-region',
    'in a Region that has logically air-gapped vaults',
    fact('B7.5/2, B7.5/8'),
  ),
  sourceRegion: failsAtRun(
    'restore-access-vault-source-region',
    Severity.WARNING,
    'a vault of the same Region',
    `Assumed; ${fact('B7.5/9')}`,
  ),
  noComment: advice(
    'restore-access-vault-comment',
    Severity.NOTE,
    'given, as the approval team decides by it',
    RESTORE_ACCESS,
  ),
} satisfies Table;
