import { Severity } from '../../finding';
import { advice, api, fact, failsAtRun, refused, Table } from './describe';

const NOTIFICATIONS = api('PutBackupVaultNotifications');
const POLICY = api('PutBackupVaultAccessPolicy');
const IAM_GRAMMAR = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html';

export const VAULT = {
  name: refused('vault-name', '2 to 50 letters, digits, - and _', api('CreateBackupVault')),
  encryptionKeyArn: refused('vault-encryption-key-arn', 'the ARN of a KMS key, not an alias or an id', fact('B7.1/1')),
  encryptionKeyRegion: advice(
    'vault-encryption-key-region',
    Severity.NOTE,
    'a key of the Region of the vault; a key of another is not documented to work',
    fact('B7.1/1'),
  ),
  policyJson: refused('vault-access-policy-json', 'a policy document in JSON with a Statement', POLICY),
  policyStatement: refused(
    'vault-access-policy-statement',
    'a statement with Effect Allow or Deny, a Principal and an Action',
    IAM_GRAMMAR,
  ),
  policyWildcard: refused('vault-access-policy-wildcard', 'actions in full, without * and ?', fact('B7.2/1')),
  policyService: advice(
    'vault-access-policy-service',
    Severity.WARNING,
    'actions of AWS Backup, since the policy of a vault governs no other API',
    fact('B7.2/1'),
  ),
  event: refused('vault-notification-event', 'one of the events of AWS Backup', NOTIFICATIONS),
  eventDeprecated: advice(
    'vault-notification-event-deprecated',
    Severity.WARNING,
    'an event that is still sent; BACKUP_JOB_COMPLETED and RESTORE_JOB_COMPLETED tell of failure and expiry too',
    fact('B7.3/1'),
  ),
  noEvents: advice('vault-notification-events', Severity.WARNING, 'at least 1 event', NOTIFICATIONS),
  topicArn: refused('vault-notification-topic-arn', 'the ARN of an SNS topic', NOTIFICATIONS),
  topicFifo: failsAtRun(
    'vault-notification-topic-fifo',
    Severity.ERROR,
    'a standard topic, not a FIFO one',
    fact('B7.3/2'),
  ),
  topicAccount: failsAtRun(
    'vault-notification-topic-account',
    Severity.ERROR,
    'a topic of the account of the vault',
    fact('B7.3/2'),
  ),
  unique: refused(
    'vault-name-unique',
    'unique in account and Region, where standard and logically air-gapped vaults share one namespace',
    fact('1.1, 1.2'),
  ),
  quota: advice(
    'vault-quota',
    Severity.NOTE,
    'at most 300 vaults in an account and Region (quota L-7705D2CB, adjustable)',
    fact('B7.1/1'),
  ),
} satisfies Table;
