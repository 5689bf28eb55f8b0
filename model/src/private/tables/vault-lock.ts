import { Severity } from '../../finding';
import { advice, api, fact, refused, Table } from './describe';

const LOCK = api('PutBackupVaultLockConfiguration');

export const VAULT_LOCK = {
  minRetention: refused('vault-lock-min-retention', 'a whole number of days, at least 1 and at most 36500', LOCK),
  maxRetention: refused('vault-lock-max-retention', 'a whole number of days, at least 1 and at most 36500', LOCK),
  bounds: refused('vault-lock-bounds', 'at least minRetentionDays', fact('B7.4/3')),
  graceTime: refused('vault-lock-grace-time', 'a whole number of days from 3 to 36500', LOCK),
  governance: advice(
    'vault-lock-governance',
    Severity.NOTE,
    'given for a lock that nobody can remove; without it whoever is permitted may remove the lock',
    LOCK,
  ),
  noMinimum: advice(
    'vault-lock-no-minimum',
    Severity.NOTE,
    'given where CloudFormation deploys the lock, which demands it',
    LOCK,
  ),
  acknowledgement: advice(
    'vault-lock-acknowledgement',
    Severity.ERROR,
    'acknowledged with deployedOn and acknowledgedBy, as nobody, AWS included, can undo the lock after its grace time',
    fact('B7.4/1'),
  ),
  acknowledgementDay: advice(
    'vault-lock-acknowledgement-day',
    Severity.ERROR,
    'a day of the calendar, YYYY-MM-DD',
    fact('B7.4/1'),
  ),
  acknowledgementAuthor: advice(
    'vault-lock-acknowledgement-author',
    Severity.ERROR,
    'the name of who acknowledges the lock',
    fact('B7.4/1'),
  ),
  acknowledgementUnused: advice(
    'vault-lock-acknowledgement-unused',
    Severity.WARNING,
    'given together with changeableForDays, without which the lock never becomes permanent',
    fact('B7.4/1'),
  ),
} satisfies Table;
