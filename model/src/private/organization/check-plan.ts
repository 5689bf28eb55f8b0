import { Finding, IValueProbe } from '../../finding';
import {
  OrganizationBackupPlan,
  OrganizationResourceSelection,
  OrganizationTagSelection,
} from '../../organization-backup-policy';
import { BackupPlanRules } from '../../plan';
import { BackupRule } from '../../rule';
import { ScanSetting } from '../../scan-setting';
import { TOKEN_NAME } from '../arns';
import { at, found } from '../found';
import { checkName, duplicates } from '../names';
import { absent, lengthOf, members, readable, shown } from '../reading';
import { checkConditions, checkTags } from '../selection-tags';
import { ORGANIZATION_PLAN, ORGANIZATION_POLICY, ORGANIZATION_SELECTION } from '../tables/organization';
import { SELECTION_RULES } from '../tables/selection';
import { isResourceType } from './resource-types';

const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d$/;
const ROLE = /^arn:aws[a-z-]*:iam::\$account:role\/[\w+=,.@\-/]+$/;

/** What stands in for `$account` and `$region` while the rules of plans look at an ARN. */
const ANY_ACCOUNT = '000000000000';
const ANY_REGION = 'us-east-1';

/** What the rules find in one plan of a policy. */
export function checkOrganizationPlan(plan: OrganizationBackupPlan, path: string, probe: IValueProbe): Finding[] {
  const findings = checkKnown(plan.backupPlanName, at(path, 'backupPlanName'), probe);
  findings.push(...checkAsPlan(plan, path, probe));
  for (const [index, rule] of members(plan.rules, probe)) {
    findings.push(...checkRule(rule, at(at(path, 'rules'), index), probe));
  }
  const regions = absent(plan.regions) ? 0 : lengthOf(plan.regions, probe);
  if (regions === 0) {
    findings.push(found(ORGANIZATION_PLAN.regions, at(path, 'regions'), 'none'));
  }
  for (const [index, region] of members(plan.regions, probe)) {
    if (!REGION.test(region)) {
      findings.push(found(ORGANIZATION_PLAN.region, at(at(path, 'regions'), index), shown(region)));
    }
  }
  for (const [index, { scannerRoleArn }] of members(plan.scanSettings, probe)) {
    const rolePath = at(at(at(path, 'scanSettings'), index), 'scannerRoleArn');
    if (!absent(scannerRoleArn)) {
      findings.push(...checkName(ORGANIZATION_SELECTION.role, scannerRoleArn, ROLE, rolePath, probe));
    }
  }
  findings.push(...checkForms(plan, path, probe));
  for (const [index, selection] of members(plan.tagSelections, probe)) {
    findings.push(...checkTagSelection(selection, at(at(path, 'tagSelections'), index), probe));
  }
  for (const [index, selection] of members(plan.resourceSelections, probe)) {
    findings.push(...checkResourceSelection(selection, at(at(path, 'resourceSelections'), index), probe));
  }
  return findings;
}

/** All that a plan of an organization has in common with a plan of one account. */
function checkAsPlan(plan: OrganizationBackupPlan, path: string, probe: IValueProbe): Finding[] {
  const env = { partition: 'aws', account: ANY_ACCOUNT, region: ANY_REGION };
  const inOneAccount = {
    backupPlanName: plan.backupPlanName,
    env,
    rules: Array.isArray(plan.rules) ? plan.rules.map((rule) => inAnAccount(rule, probe)) : plan.rules,
    advancedBackupSettings: plan.advancedBackupSettings,
    scanSettings: Array.isArray(plan.scanSettings)
      ? plan.scanSettings.map((setting) => scannedInAnAccount(setting, probe))
      : plan.scanSettings,
    tags: plan.tags,
  };
  return BackupPlanRules.check(inOneAccount, path, probe).map((finding) => ({
    ...finding,
    message: finding.message.split(ANY_ACCOUNT).join('$account'),
  }));
}

/** The rule with its variables put in, as the rules of plans want whole ARNs. */
function inAnAccount(rule: BackupRule, probe: IValueProbe): BackupRule {
  if (!readable(rule, probe)) {
    return rule;
  }
  const airGapped = rule.targetLogicallyAirGappedBackupVaultArn;
  return {
    ...rule,
    targetLogicallyAirGappedBackupVaultArn: readable(airGapped, probe)
      ? withAccount(airGapped).split('$region').join(ANY_REGION)
      : airGapped,
    copyActions: Array.isArray(rule.copyActions)
      ? rule.copyActions.map((action) =>
          readable(action, probe) && readable(action.destinationBackupVaultArn, probe)
            ? { ...action, destinationBackupVaultArn: withAccount(action.destinationBackupVaultArn) }
            : action,
        )
      : rule.copyActions,
  };
}

function scannedInAnAccount(setting: ScanSetting, probe: IValueProbe): ScanSetting {
  return readable(setting, probe) && readable(setting.scannerRoleArn, probe)
    ? { ...setting, scannerRoleArn: withAccount(setting.scannerRoleArn) }
    : setting;
}

function withAccount(arn: string): string {
  return arn.split('$account').join(ANY_ACCOUNT);
}

function checkRule(rule: BackupRule, path: string, probe: IValueProbe): Finding[] {
  const findings = checkKnown(rule.ruleName, at(path, 'ruleName'), probe);
  const airGapped = rule.targetLogicallyAirGappedBackupVaultArn;
  if (readable(airGapped, probe) && !(airGapped.includes('$region') && airGapped.includes('$account'))) {
    const airGappedPath = at(path, 'targetLogicallyAirGappedBackupVaultArn');
    findings.push(found(ORGANIZATION_PLAN.airGappedTarget, airGappedPath, airGapped));
  }
  if (!Array.isArray(rule.copyActions)) {
    return findings;
  }
  rule.copyActions.forEach((action, index) => {
    const arnPath = at(at(at(path, 'copyActions'), index), 'destinationBackupVaultArn');
    const arn = action?.destinationBackupVaultArn;
    if (!absent(arn) && !probe.known(arn)) {
      findings.push(found(ORGANIZATION_PLAN.copyDestination, arnPath, 'a token'));
    } else if (readable(arn, probe) && arn.includes('$region')) {
      findings.push(found(ORGANIZATION_POLICY.regionVariable, arnPath, arn));
    }
  });
  const copies = members(rule.copyActions, probe);
  for (const [, [index, action]] of duplicates(copies, ([, one]) => one.destinationBackupVaultArn)) {
    const given = `${action.destinationBackupVaultArn} again`;
    const arnPath = at(at(at(path, 'copyActions'), index), 'destinationBackupVaultArn');
    findings.push(found(ORGANIZATION_POLICY.copyKey, arnPath, given, 'unlike that of every other copy of the rule'));
  }
  return findings;
}

function checkKnown(name: string | undefined, path: string, probe: IValueProbe): Finding[] {
  return absent(name) || probe.known(name) ? [] : [found(ORGANIZATION_PLAN.nameKnown, path, 'a token')];
}

/** By tags or by types, not both, not neither (Source B11.1/1, B11.1/3). */
function checkForms(plan: OrganizationBackupPlan, path: string, probe: IValueProbe): Finding[] {
  const byTags = absent(plan.tagSelections) ? 0 : lengthOf(plan.tagSelections, probe);
  const byTypes = absent(plan.resourceSelections) ? 0 : lengthOf(plan.resourceSelections, probe);
  if (byTags === 0 && byTypes === 0) {
    return [found(ORGANIZATION_PLAN.selections, at(path, 'tagSelections'), 'none')];
  }
  if (byTags && byTypes) {
    const given = `${byTags} by tags and ${byTypes} by resource types`;
    return [found(ORGANIZATION_PLAN.selectionForms, at(path, 'resourceSelections'), given)];
  }
  return [];
}

function checkTagSelection(selection: OrganizationTagSelection, path: string, probe: IValueProbe): Finding[] {
  const findings = checkSelection(selection, path, probe);
  const { tagKey: key, tagValues: tagged } = selection;
  if (absent(key) || (probe.known(key) && (key.length < 1 || key.length > 128))) {
    findings.push(found(ORGANIZATION_SELECTION.tagKey, at(path, 'tagKey'), shown(key)));
  }
  if (absent(tagged) || lengthOf(tagged, probe) === 0) {
    findings.push(found(ORGANIZATION_SELECTION.tagValues, at(path, 'tagValues'), 'none'));
  }
  for (const [index, value] of members(tagged, probe)) {
    const tag = [{ conditionKey: readable(key, probe) ? key : 'key', conditionValue: value }];
    const stars = checkTags(tag, '', probe).filter(({ rule }) => rule === SELECTION_RULES.tagStar.rule);
    findings.push(...stars.map((finding) => ({ ...finding, path: at(at(path, 'tagValues'), index) })));
  }
  return findings;
}

function checkResourceSelection(selection: OrganizationResourceSelection, path: string, probe: IValueProbe): Finding[] {
  const findings = checkSelection(selection, path, probe);
  if (absent(selection.resourceTypes) || lengthOf(selection.resourceTypes, probe) === 0) {
    findings.push(found(ORGANIZATION_SELECTION.resourceTypes, at(path, 'resourceTypes'), 'none'));
  }
  for (const member of ['resourceTypes', 'notResourceTypes'] as const) {
    for (const [index, arn] of members(selection[member], probe)) {
      if (!isResourceType(arn)) {
        findings.push(found(ORGANIZATION_SELECTION.resourceType, at(at(path, member), index), shown(arn)));
      }
    }
  }
  return findings;
}

function checkSelection(
  selection: OrganizationTagSelection | OrganizationResourceSelection,
  path: string,
  probe: IValueProbe,
): Finding[] {
  const { selectionName: name, iamRoleArn: role } = selection;
  return [
    ...checkKnown(name, at(path, 'selectionName'), probe),
    ...checkName(SELECTION_RULES.name, name, TOKEN_NAME, at(path, 'selectionName'), probe),
    ...checkName(ORGANIZATION_SELECTION.role, role, ROLE, at(path, 'iamRoleArn'), probe),
    ...checkConditions(selection.conditions, at(path, 'conditions'), probe),
  ];
}
