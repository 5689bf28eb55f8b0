import { Finding, IValueProbe } from '../finding';
import { BackupPlan } from '../plan';
import { BackupRule } from '../rule';
import { ScanActionRules } from '../scan-action';
import { ScanSetting, ScanSettingRules } from '../scan-setting';
import { at, found } from './found';
import { absent, lengthOf, members, readable } from './reading';
import { SCAN_ACTION, SCAN_SETTING } from './tables/scan';

/** Scan settings of a plan, scan actions of its rules, and both together. */
export function checkScans(plan: BackupPlan, path: string, probe: IValueProbe): Finding[] {
  const settingsPath = at(path, 'scanSettings');
  const findings = members(plan.scanSettings, probe).flatMap(([index, setting]) =>
    ScanSettingRules.check(setting, at(settingsPath, index), probe),
  );
  const rules = members(plan.rules, probe);
  for (const [index, rule] of rules) {
    findings.push(...checkRule(rule, plan, at(at(path, 'rules'), index), probe));
  }
  const known = rules.length === lengthOf(plan.rules, probe);
  const settings = lengthOf(plan.scanSettings, probe) ?? 0;
  if (settings > 0 && known && rules.every(([, rule]) => isEmpty(rule.scanActions, probe))) {
    findings.push(found(SCAN_SETTING.unused, settingsPath, `${rules.length} rules without scanActions`));
  }
  return findings;
}

function checkRule(rule: BackupRule, plan: BackupPlan, path: string, probe: IValueProbe): Finding[] {
  const actionsPath = at(path, 'scanActions');
  const findings = members(rule.scanActions, probe).flatMap(([index, action]) =>
    ScanActionRules.check(action, at(actionsPath, index), probe),
  );
  if (isEmpty(rule.scanActions, probe)) {
    return findings;
  }
  if (isEmpty(plan.scanSettings, probe)) {
    findings.push(found(SCAN_ACTION.noSetting, actionsPath, 'none'));
  }
  const types = scannedTypes(plan.scanSettings, probe);
  const continuous = rule.enableContinuousBackup;
  if (readable(continuous, probe) && continuous && types.has('S3')) {
    findings.push(found(SCAN_ACTION.continuous, actionsPath, 'enableContinuousBackup'));
  }
  const temporary = ['EBS', 'EC2'].filter((type) => types.has(type));
  if (!absent(rule.targetLogicallyAirGappedBackupVaultArn) && temporary.length > 0) {
    findings.push(found(SCAN_ACTION.airGapped, actionsPath, `scanSettings for ${temporary.join(' and ')}`));
  }
  return findings;
}

/** Services whose points the settings have scanned, as far as that is known; `ALL` is spelled out. */
export function scannedTypes(settings: ScanSetting[] | undefined, probe: IValueProbe): ReadonlySet<string> {
  const types = members(settings, probe).flatMap(([, setting]) =>
    members(setting.resourceTypes, probe).map(([, type]) => type),
  );
  return new Set(types.flatMap((type) => (type === 'ALL' ? ['EBS', 'EC2', 'S3'] : [type])));
}

/** Whether a list is not there or has no member. A token is something. */
function isEmpty(list: readonly unknown[] | undefined, probe: IValueProbe): boolean {
  return absent(list) || lengthOf(list, probe) === 0;
}
