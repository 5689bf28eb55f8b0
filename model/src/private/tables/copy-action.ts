import { Severity } from '../../finding';
import { advice, api, fact, failsAtRun, refused, Table } from './describe';

export const COPY_ACTION = {
  destinationArn: refused('copy-action-destination-arn', 'the ARN of a backup vault', api('CopyAction')),
  keepForEver: advice(
    'copy-action-keep-for-ever',
    Severity.WARNING,
    '1 to 36500 days: a copy with -1 is deleted together with its source, and 36500 is the longest of its own',
    fact('B6.2/2'),
  ),
  coldGap: failsAtRun(
    'copy-action-cold-gap',
    Severity.WARNING,
    'at least 90 days before the deletion that the copy inherits from its source',
    `Assumed; ${fact('B6.2/2, B2.3/3')}`,
  ),
  ofContinuous: advice(
    'copy-action-of-continuous',
    Severity.NOTE,
    'meant as a snapshot of each run: copies of a continuous backup have no point-in-time recovery',
    fact('B5.3/7, B6.1/5'),
  ),
  ownVault: failsAtRun(
    'copy-action-own-vault',
    Severity.WARNING,
    'a vault other than the one that the rule backs up to',
    `Assumed; ${fact('B6.2/5')}`,
  ),
  sameDestination: advice(
    'copy-action-same-destination',
    Severity.NOTE,
    'a vault that no other copy of the rule goes to',
    fact('B6.1/2'),
  ),
  partition: failsAtRun('copy-action-partition', Severity.ERROR, 'a vault of the same partition', fact('B6.3/12')),
  china: failsAtRun(
    'copy-action-cross-account-china',
    Severity.ERROR,
    'a vault of the same account: the Regions of China have no cross-account copy',
    fact('B6.3/6, B6.3/12'),
  ),
  defaultVault: failsAtRun(
    'copy-action-cross-account-default-vault',
    Severity.ERROR,
    'a vault other than Default, whose key other accounts cannot use',
    fact('B6.3/4'),
  ),
  destinationKey: failsAtRun(
    'copy-action-cross-account-key',
    Severity.ERROR,
    'a vault with a customer managed key; other accounts cannot use aws/backup',
    fact('B6.3/4'),
  ),
  destinationPolicy: failsAtRun(
    'copy-action-cross-account-policy',
    Severity.ERROR,
    'a vault whose access policy allows backup:CopyIntoBackupVault',
    fact('B6.3/3'),
  ),
  sourceKey: failsAtRun(
    'copy-action-cross-account-source-key',
    Severity.ERROR,
    'used with resources under customer managed keys; keys that AWS manages cannot be shared',
    fact('B6.3/5'),
  ),
  vaultDeclared: failsAtRun(
    'copy-action-vault-declared',
    Severity.NOTE,
    'a vault that is declared here or exists already; without it every copy fails',
    fact('B4.3/6'),
  ),
  retentionInLock: failsAtRun(
    'copy-action-retention-in-lock',
    Severity.ERROR,
    'within the retention bounds of the vault that receives the copy',
    fact('B6.2/3, B7.4/3, B7.4/9'),
  ),
  coldUnsupported: advice(
    'copy-action-cold-unsupported',
    Severity.WARNING,
    'used with services that have cold storage; others ignore it',
    fact('B6.2/2, feature table'),
  ),
  unsupported: failsAtRun(
    'copy-action-unsupported',
    Severity.ERROR,
    'used with services whose points can be copied',
    fact('B6.2/5, feature table'),
  ),
  crossRegion: failsAtRun(
    'copy-action-cross-region',
    Severity.ERROR,
    'used with services that copy to other Regions',
    fact('feature table'),
  ),
  crossAccount: failsAtRun(
    'copy-action-cross-account',
    Severity.ERROR,
    'used with services that copy to other accounts',
    fact('B6.3/6, feature table'),
  ),
  crossBoth: failsAtRun(
    'copy-action-cross-region-and-account',
    Severity.ERROR,
    'used with services that copy to another Region and account at once',
    fact('B6.3/11, feature table'),
  ),
  forEverInCompliance: advice(
    'copy-action-for-ever-in-compliance',
    Severity.WARNING,
    '1 to 36500 days where the lock of the vault becomes permanent, or nobody can ever delete the copies',
    fact('B7.4/3'),
  ),
  airGappedTwice: failsAtRun(
    'copy-action-air-gapped-twice',
    Severity.ERROR,
    'a standard vault, as the rule backs up to a logically air-gapped one, between which copies are made on demand alone',
    fact('B7.5/4, B7.6/1'),
  ),
  fromAirGapped: failsAtRun(
    'copy-action-from-air-gapped',
    Severity.ERROR,
    'a vault with a customer managed key, as the rule backs up to a logically air-gapped one',
    fact('B7.5/4'),
  ),
  airGappedKey: failsAtRun(
    'copy-action-air-gapped-key',
    Severity.ERROR,
    'used with resources under customer managed keys or none, as logically air-gapped vaults hold no others',
    fact('B7.5/3'),
  ),
  airGapped: failsAtRun(
    'copy-action-air-gapped',
    Severity.ERROR,
    'used with services that logically air-gapped vaults hold',
    fact('feature table'),
  ),
} satisfies Table;
