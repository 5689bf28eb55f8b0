import { ControlDemand } from '../../control-demand';
import { Finding, IValueProbe } from '../../finding';
import { BackupFramework, AuditedDeclarations } from '../../framework';
import { FrameworkControl } from '../../framework-control';
import { BackupPlan } from '../../plan';
import { BackupRule } from '../../rule';
import { BackupVault } from '../../vault';
import { arnParts, placeOf, vaultArn } from '../arns';
import { at, found } from '../found';
import { absent, days, listed, members, readable } from '../reading';
import { copyRetentionOf, retentionOf } from '../retention';
import { FRAMEWORK } from '../tables/audit';
import { parametersOf } from './control-checks';
import { deletionGaps } from './deletion-policy';
import { demandOf, everyRegionOrAccount, hasBounds, meetsFrequencyAndRetention, Verdict } from './demands';
import { describedRule, HOUR_MS, runsWithin } from './rule-frequency';

/** What is there to be judged: all in the place of the framework. */
interface Judged {
  readonly plans: readonly BackupPlan[];
  readonly vaults: readonly BackupVault[];
  readonly airGappedArns: ReadonlySet<string>;
  readonly probe: IValueProbe;
}

/** One control with what it demands. */
interface Demand {
  readonly control: FrameworkControl;
  readonly asked: ControlDemand;
  readonly path: string;
  readonly framework: BackupFramework;
}

/** What in plans and vaults can never comply with the controls of a framework. */
export function checkCompliance(
  framework: BackupFramework,
  audited: AuditedDeclarations,
  path: string,
  probe: IValueProbe,
): Finding[] {
  const place = placeOf(framework.env);
  const judged: Judged = {
    plans: members(audited.plans, probe).flatMap(([, plan]) => (placeOf(plan.env) === place ? [plan] : [])),
    vaults: members(audited.vaults, probe).flatMap(([, vault]) => (placeOf(vault.env) === place ? [vault] : [])),
    airGappedArns: new Set(
      members(audited.logicallyAirGappedVaults, probe).map(([, vault]) => vaultArn(vault.env, vault.backupVaultName)),
    ),
    probe,
  };
  return members(framework.controls, probe).flatMap(([index, control]) => {
    const judge = JUDGES[control.controlName];
    const asked = demandOf(control, probe);
    return judge?.({ control, asked, framework, path: at(at(path, 'controls'), index) }, judged) ?? [];
  });
}

type Judge = (demand: Demand, judged: Judged) => Finding[];

const JUDGES: Readonly<Record<string, Judge>> = {
  BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK: judgePlans,
  BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK: judgeRetention,
  BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED: judgeVaults,
  BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION: (demand, judged) =>
    somePlan(demand, judged, 'copies to another Region', (plan) => copiesTo('region', plan, demand)),
  BACKUP_RESOURCES_PROTECTED_BY_CROSS_ACCOUNT: (demand, judged) =>
    somePlan(demand, judged, 'copies to another account', (plan) => copiesTo('account', plan, demand)),
  BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK: (demand, judged) =>
    somePlan(demand, judged, 'stores in a vault with such a lock', (plan) =>
      some(rulesOf(plan, judged), (rule) => storesInLock(rule, demand, judged)),
    ),
  BACKUP_LAST_RECOVERY_POINT_CREATED: (demand, judged) =>
    somePlan(demand, judged, 'runs as often', (plan) =>
      some(rulesOf(plan, judged), (rule) =>
        runsWithin(rule, periodMs(demand.asked.recoveryPointAgeHours), judged.probe),
      ),
    ),
  RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT: (demand, judged) =>
    somePlan(demand, judged, 'reaches a logically air-gapped vault', (plan) =>
      some(rulesOf(plan, judged), (rule) => reachesAirGapped(rule, judged)),
    ),
};

function judgePlans(demand: Demand, judged: Judged): Finding[] {
  const { requiredRetentionDays: required, requiredFrequencyHours: hours } = demand.asked;
  if (required === undefined || hours === undefined) {
    return [];
  }
  const inScope = judged.plans.filter((plan) => isTagged(demand, plan.tags, judged) && !isSingle(demand));
  const meets = (rule: BackupRule) => meetsFrequencyAndRetention(rule, demand.asked, judged.probe);
  return inScope
    .filter((plan) => some(rulesOf(plan, judged), meets) === false)
    .map((plan) => {
      const allowed = `a plan with one rule that runs every ${hours} hours and keeps ${days(required)}`;
      const given = listed(rulesOf(plan, judged).map((rule) => describedRule(rule, judged.probe))) || 'no rule';
      return found(FRAMEWORK.planNeverComplies, at(plan.declaredAt ?? plan.backupPlanName, 'rules'), given, allowed);
    });
}

function judgeRetention(demand: Demand, judged: Judged): Finding[] {
  const { requiredRetentionDays: required } = demand.asked;
  if (required === undefined) {
    return [];
  }
  const place = placeOf(demand.framework.env);
  return judged.plans.flatMap((plan) =>
    members(plan.rules, judged.probe).flatMap(([index, rule]) => {
      if (!isTagged(demand, rule.recoveryPointTags, judged)) {
        return [];
      }
      const path = at(at(plan.declaredAt ?? plan.backupPlanName, 'rules'), index);
      const kept = retentionOf(rule.lifecycle, judged.probe);
      const copies = members(rule.copyActions, judged.probe)
        .filter(([, { destinationBackupVaultArn: arn }]) => readable(arn, judged.probe) && placeOfArn(arn) === place)
        .map(([copy, { lifecycle }]): [string, number | undefined] => [
          at(at(path, 'copyActions'), copy),
          absent(lifecycle) ? undefined : copyRetentionOf(lifecycle, kept, judged.probe),
        ]);
      const all: [string, number | undefined][] = [[path, kept], ...copies];
      return all.flatMap(([placed, retention]) =>
        retention === undefined || retention >= required
          ? []
          : [
              found(
                FRAMEWORK.retentionNeverComplies,
                `${placed}.lifecycle.deleteAfterDays`,
                days(retention),
                `at least ${days(required)}, as ${demand.path} demands`,
              ),
            ],
      );
    }),
  );
}

function judgeVaults(demand: Demand, judged: Judged): Finding[] {
  const isGiven = parametersOf(demand.control, judged.probe).has('principalArnList');
  const exempt = demand.asked.principalArns ?? [];
  if (isGiven && demand.asked.principalArns === undefined) {
    return [];
  }
  const single = members(demand.control.controlScope?.complianceResourceIds, judged.probe).map(([, id]) => id);
  return judged.vaults
    .filter((vault) => isTagged(demand, vault.tags, judged))
    .filter((vault) => single.length === 0 || single.includes(vault.backupVaultName))
    .flatMap((vault) => {
      const gaps = deletionGaps(vault.accessPolicy, exempt, judged.probe);
      const path = at(vault.declaredAt ?? vault.backupVaultName, 'accessPolicy');
      return gaps === undefined ? [] : [found(FRAMEWORK.vaultNeverComplies, path, gaps)];
    });
}

/** A control over resources: some plan has to meet it, or no resource can; which resources a plan takes is another matter. */
function somePlan(demand: Demand, judged: Judged, what: string, meets: (plan: BackupPlan) => Verdict): Finding[] {
  if (judged.plans.length === 0 || some(judged.plans, meets) !== false) {
    return [];
  }
  const given = `${judged.plans.length} plan(s), none of which ${what}`;
  return [found(FRAMEWORK.noPlanComplies, demand.path, given)];
}

function copiesTo(part: 'region' | 'account', plan: BackupPlan, { framework, asked }: Demand): Verdict {
  const probe = ALL_KNOWN;
  const targets = members(plan.rules, probe).flatMap(([, rule]) =>
    members(rule.copyActions, probe).map(([, copy]) => arnParts(String(copy.destinationBackupVaultArn))?.[part]),
  );
  // A destination that is a token in this part, or as a whole, may be anywhere.
  if (targets.some((target) => target === undefined || !/^[a-z0-9-]+$/.test(target))) {
    return undefined;
  }
  const wanted = part === 'region' ? asked.crossRegions : asked.crossAccounts;
  return everyRegionOrAccount(framework.env[part], targets as string[], wanted);
}

const ALL_KNOWN: IValueProbe = { known: () => true };

function storesInLock(rule: BackupRule, { asked }: Demand, { vaults, probe }: Judged): Verdict {
  const vault = vaults.find(({ backupVaultName }) => backupVaultName === rule.targetBackupVaultName);
  if (vault === undefined || (!absent(vault.vaultLock) && !probe.known(vault.vaultLock))) {
    return undefined;
  }
  if (absent(vault.vaultLock)) {
    return false;
  }
  const { minRetentionDays: min = 0, maxRetentionDays: max = Infinity } = vault.vaultLock;
  return hasBounds(min, max, asked, probe);
}

function reachesAirGapped(rule: BackupRule, { vaults, airGappedArns, probe }: Judged): Verdict {
  if (!absent(rule.targetLogicallyAirGappedBackupVaultArn)) {
    return true;
  }
  const standard = new Set(vaults.map((vault) => vaultArn(vault.env, vault.backupVaultName)));
  return some(
    members(rule.copyActions, probe).map(([, copy]) => copy.destinationBackupVaultArn),
    // Of a vault that was not declared nobody knows what it is.
    (arn) => (airGappedArns.has(arn) ? true : standard.has(arn) ? false : undefined),
  );
}

function periodMs(hours: number | undefined): number | undefined {
  return hours === undefined ? undefined : hours * HOUR_MS;
}

/** Whether what is judged carries the tag that the control asks for; tags that are not known may. */
function isTagged({ control }: Demand, tags: { [key: string]: string } | undefined, { probe }: Judged): boolean {
  const scope = control.controlScope?.tags;
  if (absent(scope) || !probe.known(scope)) {
    return true;
  }
  const there = readable(tags, probe) ? tags : {};
  return Object.entries(scope).every(([key, value]) => key in there && (value === '' || there[key] === value));
}

/** A single plan is named by an id that only AWS knows. */
function isSingle({ control }: Demand): boolean {
  return !absent(control.controlScope?.complianceResourceIds);
}

function rulesOf(plan: BackupPlan, { probe }: Judged): BackupRule[] {
  return members(plan.rules, probe).map(([, rule]) => rule);
}

function placeOfArn(arn: string): string | undefined {
  const parts = arnParts(arn);
  return parts === undefined ? undefined : placeOf(parts);
}

function some<T>(all: readonly T[], holds: (one: T) => Verdict): Verdict {
  const verdicts = all.map(holds);
  return verdicts.includes(true) ? true : verdicts.includes(undefined) ? undefined : false;
}
