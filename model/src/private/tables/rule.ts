import { BackupLimits } from '../../backup-limits';
import { Severity } from '../../finding';
import { advice, api, fact, failsAtRun, refused, Table } from './describe';

const INPUT = api('BackupRuleInput');

export const RULE = {
  name: refused('rule-name', '1 to 50 letters, digits, dots, - and _', INPUT),
  targetVaultName: refused('rule-target-vault-name', '2 to 50 letters, digits, - and _', INPUT),
  airGappedTargetArn: refused('rule-air-gapped-target-arn', 'the ARN of a logically air-gapped vault', INPUT),
  airGappedTargetPlace: refused('rule-air-gapped-target-place', 'a vault of the account and Region of the plan', INPUT),
  startWindow: refused('rule-start-window', 'a whole number of minutes from 60 to 52560000', INPUT),
  // Assumed: the least. AWS states the greatest alone.
  completionWindow: refused(
    'rule-completion-window',
    'a whole number of minutes from 1 to 52560000',
    fact('2.1 CompletionWindowMinutes'),
  ),
  completionAfterStart: failsAtRun(
    'rule-completion-after-start',
    Severity.WARNING,
    'longer than startWindowMinutes: it counts from the scheduled time, so a job that starts late has no time left',
    `Assumed; ${fact('B2.1/3')}`,
  ),
  startWindowGap: advice(
    'rule-start-window-gap',
    Severity.WARNING,
    'at most the time between two runs, as a resource has one job at a time',
    fact('B4.3/1, B4.1/2'),
  ),
  copyActions: refused('rule-copy-actions', 'at most 5 copy actions (quota, adjustable)', fact('2.1 CopyActions, 15')),
  recoveryPointTags: refused(
    'rule-recovery-point-tags',
    'at most 10 tags (quota, adjustable)',
    fact('2.1 RecoveryPointTags, 15'),
  ),
  indexActions: refused('rule-index-actions', 'at most 1 service', api('IndexAction')),
  indexNone: advice(
    'rule-index-none',
    Severity.NOTE,
    'left out or given 1 service: what an index of no service does is documented nowhere',
    api('IndexAction'),
  ),
  indexService: refused('rule-index-service', 'EBS or S3', api('IndexAction')),
  indexAirGapped: advice(
    'rule-index-air-gapped',
    Severity.WARNING,
    'asked for points of standard vaults; logically air-gapped vaults have no index',
    fact('B5.5/1, B7.5/4'),
  ),
  continuousCold: refused(
    'rule-continuous-cold',
    'left out where enableContinuousBackup is on: continuous points never move to cold storage',
    fact('B2.3/7, 1.5 ERROR_3015'),
  ),
  continuousRetention: refused(
    'rule-continuous-retention',
    `1 to ${BackupLimits.CONTINUOUS_DAYS} days where enableContinuousBackup is on`,
    fact('B2.3/7, B5.3/1'),
  ),
  continuousGap: failsAtRun(
    'rule-continuous-gap',
    Severity.WARNING,
    'longer than the time between two runs, or the continuous point expires before it is renewed',
    fact('B5.3/5'),
  ),
  retentionGap: advice(
    'rule-retention-gap',
    Severity.WARNING,
    'at least the time between two runs, or there are days without any recovery point and every backup is full',
    fact('B4.4/4'),
  ),
  archiveFrequency: failsAtRun(
    'rule-archive-frequency',
    Severity.WARNING,
    'monthly or rarer where optInToArchiveForSupportedResources is on',
    fact('B2.3/4'),
  ),
  vaultDeclared: failsAtRun(
    'rule-vault-declared',
    Severity.NOTE,
    'a vault that is declared here or exists already; without it every job fails',
    fact('2.1 TargetBackupVaultName, B4.3/6'),
  ),
  vaultCase: failsAtRun(
    'rule-vault-case',
    Severity.WARNING,
    'the name of the vault letter for letter, as names of vaults are case sensitive',
    fact('1.2, B4.3/6'),
  ),
  vaultElsewhere: failsAtRun(
    'rule-vault-elsewhere',
    Severity.WARNING,
    'a vault of the account and Region of the plan; without one of that name there, every job fails',
    fact('2.1 TargetBackupVaultName, B4.3/6'),
  ),
  vaultKind: failsAtRun(
    'rule-vault-kind',
    Severity.ERROR,
    'a standard vault; a logically air-gapped one goes into targetLogicallyAirGappedBackupVaultArn',
    `Assumed; ${fact('B7.6/1')}`,
  ),
  retentionInLock: failsAtRun(
    'rule-retention-in-lock',
    Severity.ERROR,
    'within the retention bounds of the target vault',
    fact('B4.3/5, B7.4/3, B7.6/6'),
  ),
  continuousInLock: failsAtRun(
    'rule-continuous-in-lock',
    Severity.ERROR,
    `a vault that takes points of at most ${BackupLimits.CONTINUOUS_DAYS} days, as continuous points are`,
    fact('B7.4/4'),
  ),
  coldUnsupported: advice(
    'rule-cold-unsupported',
    Severity.WARNING,
    'used with services that have cold storage; others ignore it and stay warm',
    fact('B2.3/3, feature table'),
  ),
  coldArchiveOptIn: advice(
    'rule-cold-archive-opt-in',
    Severity.WARNING,
    'true where EBS volumes are to move to cold storage; without it they stay warm',
    fact('B2.3/4'),
  ),
  continuousUnsupported: advice(
    'rule-continuous-unsupported',
    Severity.WARNING,
    'used with services that have point-in-time recovery; others get snapshots',
    fact('B2.3/7, B5.3/1'),
  ),
  airGappedUnsupported: advice(
    'rule-air-gapped-unsupported',
    Severity.WARNING,
    'used with services that logically air-gapped vaults hold; others are backed up to the standard vault alone',
    fact('B7.6/4'),
  ),
  forEverInCompliance: advice(
    'rule-for-ever-in-compliance',
    Severity.WARNING,
    '1 to 36500 days where the lock of the vault becomes permanent, or nobody can ever delete the points',
    fact('B7.4/3'),
  ),
  airGappedKey: advice(
    'rule-air-gapped-key',
    Severity.WARNING,
    'used with resources under customer managed keys or none; others are backed up to the standard vault alone',
    fact('B7.5/3, B7.6/4'),
  ),
  airGappedPlain: advice(
    'rule-air-gapped-plain',
    Severity.WARNING,
    'used with clusters that are encrypted; others are backed up to the standard vault alone',
    fact('B7.5/3, B7.6/4'),
  ),
  serviceWindow: failsAtRun(
    'rule-service-window',
    Severity.WARNING,
    'outside the windows in which services work on the resources themselves, and the hour before them (FSx: 4 hours)',
    fact('B4.3/2'),
  ),
  resultantTags: failsAtRun(
    'rule-resultant-tags',
    Severity.ERROR,
    'at most 50 tags together with those of the resource, which are copied',
    fact('B4.3/4'),
  ),
  suppressed: advice(
    'rule-suppressed',
    Severity.NOTE,
    'outside the start windows of rules of the plan that keep longer, unless those are meant to run in its place',
    fact('B3.4/2, B3.4/3'),
  ),
  suppressedLoss: advice(
    'rule-suppressed-loss',
    Severity.WARNING,
    'outside the start windows of rules of the plan that keep longer, which run in its place and do less',
    fact('B3.4/2, B3.4/3'),
  ),
} satisfies Table;
