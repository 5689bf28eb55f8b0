import { BackupLimits } from '../backup-limits';
import { ContinuousVaults } from '../continuous-vault';
import { CopyActionRules } from '../copy-action';
import { Finding, IValueProbe } from '../finding';
import { BackupRule } from '../rule';
import { BackupRuleDefaults } from '../rule-defaults';
import { at, found } from './found';
import { duplicates } from './names';
import { absent, days, lengthOf, members, never, readable, shown, whole } from './reading';
import { retentionOf } from './retention';
import { duration, longestGapMs, scheduleOf } from './runs';
import { COPY_ACTION } from './tables/copy-action';
import { RULE } from './tables/rule';
import { TagRules } from '../tags';

const LONGEST_WINDOW_MINUTES = 52_560_000;
const MINUTE_MS = 60 * 1000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** The shortest month. */
const MONTH_MINUTES = 28 * 24 * 60;

/** The windows alone, against each other, and against the schedule. */
export function checkWindows(rule: BackupRule, path: string, probe: IValueProbe): Finding[] {
  const findings: Finding[] = [];
  const start = rule.startWindowMinutes ?? BackupRuleDefaults.START_WINDOW_MINUTES;
  const completion = rule.completionWindowMinutes ?? BackupRuleDefaults.COMPLETION_WINDOW_MINUTES;
  const startPath = at(path, 'startWindowMinutes');
  const completionPath = at(path, 'completionWindowMinutes');
  const startIsRight = probe.known(start) && whole(start, BackupLimits.START_WINDOW_MINUTES, LONGEST_WINDOW_MINUTES);
  const completionIsRight = probe.known(completion) && whole(completion, 1, LONGEST_WINDOW_MINUTES);
  if (probe.known(start) && !startIsRight) {
    findings.push(found(RULE.startWindow, startPath, shown(start)));
  }
  if (probe.known(completion) && !completionIsRight) {
    findings.push(found(RULE.completionWindow, completionPath, shown(completion)));
  }
  if (startIsRight && completionIsRight && completion <= start) {
    const allowed = `longer than the ${start} of startWindowMinutes: it counts from the scheduled time, so a job that starts late has no time left`;
    findings.push(found(RULE.completionAfterStart, completionPath, `${completion} minutes`, allowed));
  }
  const gap = scheduleOf(rule, probe)?.shortestGapMinutes();
  if (startIsRight && gap !== undefined && gap >= 60 && start > gap) {
    const allowed = `at most the ${gap} minutes between two runs, as a resource has one job at a time`;
    const given = absent(rule.startWindowMinutes) ? `${start}, the default` : `${start} minutes`;
    findings.push(found(RULE.startWindowGap, startPath, given, allowed));
  }
  return findings;
}

/** What continuous backup asks of the lifecycle. */
export function checkContinuous(rule: BackupRule, path: string, probe: IValueProbe): Finding[] {
  const lifecycle = rule.lifecycle;
  if (!readable(rule.enableContinuousBackup, probe) || !rule.enableContinuousBackup) {
    return [];
  }
  if (!absent(lifecycle) && !probe.known(lifecycle)) {
    return [];
  }
  const findings: Finding[] = [];
  const cold = lifecycle?.moveToColdStorageAfterDays;
  const remove = lifecycle?.deleteAfterDays;
  if (readable(cold, probe) && cold !== -1) {
    findings.push(found(RULE.continuousCold, at(path, 'lifecycle.moveToColdStorageAfterDays'), days(cold)));
  }
  const removePath = at(path, 'lifecycle.deleteAfterDays');
  if (never(remove, probe)) {
    findings.push(found(RULE.continuousRetention, removePath, `${shown(remove)}, which keeps for ever`));
  } else if (readable(remove, probe) && remove > ContinuousVaults.LONGEST_RETENTION_DAYS) {
    findings.push(found(RULE.continuousRetention, removePath, days(remove)));
  }
  return findings;
}

/** What the lifecycle asks of the schedule. */
export function checkFrequency(rule: BackupRule, path: string, probe: IValueProbe): Finding[] {
  const schedule = scheduleOf(rule, probe);
  if (schedule === undefined) {
    return [];
  }
  const findings: Finding[] = [];
  const gap = longestGapMs(rule, probe);
  const retention = retentionOf(rule.lifecycle, probe);
  const continuous = rule.enableContinuousBackup;
  if (gap !== undefined && retention !== undefined && (absent(continuous) || probe.known(continuous))) {
    const removePath = at(path, 'lifecycle.deleteAfterDays');
    if (continuous && retention * DAY_MS <= gap) {
      const allowed = `longer than the ${duration(gap)} between two runs, or the continuous point expires before it is renewed`;
      findings.push(found(RULE.continuousGap, removePath, days(retention), allowed));
    }
    // An hour of grace: a day is 25 hours long when daylight saving ends.
    if (!continuous && retention * DAY_MS < gap - HOUR_MS) {
      const allowed = `at least the ${duration(gap)} between two runs, or there are days without any recovery point and every backup is full`;
      findings.push(found(RULE.retentionGap, removePath, days(retention), allowed));
    }
  }
  const shortest = schedule.shortestGapMinutes();
  const lifecycle = readable(rule.lifecycle, probe) ? rule.lifecycle : {};
  const { moveToColdStorageAfterDays: cold, optInToArchiveForSupportedResources: optIn } = lifecycle;
  if (readable(optIn, probe) && optIn && !never(cold, probe) && shortest !== undefined && shortest < MONTH_MINUTES) {
    const given = `${schedule.scheduleExpression}, runs as little as ${duration(shortest * MINUTE_MS)} apart`;
    findings.push(found(RULE.archiveFrequency, at(path, 'scheduleExpression'), given));
  }
  return findings;
}

/** The copies of a rule, alone and against the lifecycle of their source. */
export function checkCopies(rule: BackupRule, path: string, probe: IValueProbe): Finding[] {
  const findings: Finding[] = [];
  const copiesPath = at(path, 'copyActions');
  const count = lengthOf(rule.copyActions, probe) ?? 0;
  if (count > 5) {
    findings.push(found(RULE.copyActions, copiesPath, String(count)));
  }
  const copies = members(rule.copyActions, probe);
  if (count > 0 && readable(rule.enableContinuousBackup, probe) && rule.enableContinuousBackup) {
    const given = `${count === 1 ? '1 copy' : `${count} copies`} of a rule with enableContinuousBackup`;
    findings.push(found(COPY_ACTION.ofContinuous, copiesPath, given));
  }
  const source = retentionOf(rule.lifecycle, probe);
  for (const [index, copy] of copies) {
    const copyPath = at(copiesPath, index);
    findings.push(...CopyActionRules.check(copy, copyPath, probe));
    if (!readable(copy.lifecycle, probe) || source === undefined || source === Infinity) {
      continue;
    }
    const { deleteAfterDays: remove, moveToColdStorageAfterDays: cold } = copy.lifecycle;
    if (readable(remove, probe) && remove === -1) {
      const given = `-1 where the source is deleted after ${days(source)}`;
      findings.push(found(COPY_ACTION.keepForEver, at(copyPath, 'lifecycle.deleteAfterDays'), given));
    }
    if (never(remove, probe) && readable(cold, probe) && cold >= 0 && source < cold + BackupLimits.COLD_DAYS) {
      const allowed = `at least ${BackupLimits.COLD_DAYS} days before the deletion after ${days(source)} that the copy inherits from its source`;
      const coldPath = at(copyPath, 'lifecycle.moveToColdStorageAfterDays');
      findings.push(found(COPY_ACTION.coldGap, coldPath, days(cold), allowed));
    }
  }
  for (const [, [index, copy]] of duplicates(copies, ([, member]) => member.destinationBackupVaultArn)) {
    const arnPath = at(at(copiesPath, index), 'destinationBackupVaultArn');
    findings.push(found(COPY_ACTION.sameDestination, arnPath, `${copy.destinationBackupVaultArn} twice`));
  }
  return findings;
}

/** Tags and indexes. */
export function checkExtras(rule: BackupRule, path: string, probe: IValueProbe): Finding[] {
  const findings: Finding[] = [];
  const tags = readable(rule.recoveryPointTags, probe) ? Object.keys(rule.recoveryPointTags).length : 0;
  if (tags > 10) {
    findings.push(found(RULE.recoveryPointTags, at(path, 'recoveryPointTags'), String(tags)));
  }
  findings.push(...TagRules.checkEach(rule.recoveryPointTags ?? {}, at(path, 'recoveryPointTags'), probe));
  const indexPath = at(path, 'indexActions');
  const indexes = lengthOf(rule.indexActions, probe) ?? 0;
  if (indexes === 0 && readable(rule.indexActions, probe)) {
    findings.push(found(RULE.indexNone, indexPath, '0 services'));
  }
  if (indexes > 1) {
    findings.push(found(RULE.indexActions, indexPath, String(indexes)));
  }
  for (const [index, service] of members(rule.indexActions, probe)) {
    if (!['EBS', 'S3'].includes(service)) {
      findings.push(found(RULE.indexService, at(indexPath, index), shown(service)));
    }
  }
  if (indexes > 0 && !absent(rule.targetLogicallyAirGappedBackupVaultArn)) {
    const given = `${rule.indexActions} with targetLogicallyAirGappedBackupVaultArn`;
    findings.push(found(RULE.indexAirGapped, indexPath, given));
  }
  return findings;
}
