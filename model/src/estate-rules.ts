import { Estate } from './estate';
import { Finding, IValueProbe } from './finding';
import { BackupFrameworkRules } from './framework';
import { LegalHoldRules } from './legal-hold';
import { LogicallyAirGappedVaultRules } from './logically-air-gapped-vault';
import { BackupPlan, BackupPlanRules } from './plan';
import { checkAudit } from './private/estate/estate-audit';
import { checkBuckets } from './private/estate/estate-buckets';
import { checkContinuousVaults } from './private/estate/estate-continuous';
import { checkCopies } from './private/estate/estate-copies';
import { checkGateways } from './private/estate/estate-gateways';
import { EstateIndex } from './private/estate/estate-index';
import { checkNames, checkRegionSettings } from './private/estate/estate-names';
import { checkOverlaps } from './private/estate/estate-overlaps';
import { checkSelections } from './private/estate/estate-selections';
import { checkServices } from './private/estate/estate-services';
import { checkUndeclared } from './private/estate/estate-undeclared';
import { checkTargets } from './private/estate/estate-vaults';
import { checkServiceWindows } from './private/estate/estate-windows';
import { at, found } from './private/found';
import { checkPlanSelections } from './private/plan-selections';
import { absent, members, readable } from './private/reading';
import { ESTATE } from './private/tables/plan';
import { RULE } from './private/tables/rule';
import { BackupReportPlanRules } from './report-plan';
import { StatefulResourceRules } from './resource';
import { RestoreAccessVaultRules } from './restore-access-vault';
import { RestoreTestingPlanRules } from './restore-testing-plan';
import { TieringConfigurationRules } from './tiering-configuration';
import { BackupVault, BackupVaultRules } from './vault';
import { VaultShareRules } from './vault-share';

/** Rules that relate several declarations. */
const RELATIONS: readonly ((index: EstateIndex) => Finding[])[] = [
  checkNames,
  checkRegionSettings,
  checkTargets,
  checkGateways,
  checkUndeclared,
  checkCopies,
  checkSelections,
  checkServices,
  checkServiceWindows,
  checkBuckets,
  checkContinuousVaults,
  checkOverlaps,
  checkAudit,
];

/** Those of them that find something only because of a selection, or of a resource that one takes. */
const OF_SELECTIONS: typeof RELATIONS = [
  checkGateways,
  checkSelections,
  checkServices,
  checkServiceWindows,
  checkBuckets,
  checkContinuousVaults,
];

/**
 * Every rule over a whole estate: those of each noun, and those that relate several declarations.
 */
export class EstateRules {
  /**
   * What the rules find. Never throws.
   *
   * Paths begin with `declaredAt`, or the name where it is not given: `nightly.rules[0].lifecycle.deleteAfterDays`.
   *
   * @param estate everything that was declared
   * @param probe tells which values are known now
   */
  public static check(estate: Estate, probe: IValueProbe): Finding[] {
    if (!readable(estate, probe)) {
      return [];
    }
    const named = members(estate.vaults, probe).map(([, vault]) => vault);
    const checks = [
      ...members(estate.vaults, probe).map(([, vault]): Check => {
        const path = vault.declaredAt ?? vault.backupVaultName;
        return { path, run: () => BackupVaultRules.check(vault, path, probe) };
      }),
      ...members(estate.logicallyAirGappedVaults, probe).map(([, vault]): Check => {
        const path = vault.declaredAt ?? vault.backupVaultName;
        return { path, run: () => LogicallyAirGappedVaultRules.check(vault, path, probe) };
      }),
      ...members(estate.plans, probe).map(([, plan]): Check => {
        const path = plan.declaredAt ?? plan.backupPlanName;
        return { path, run: () => checkPlan(plan, path, named, probe) };
      }),
      ...members(estate.frameworks, probe).map(([, framework]): Check => {
        const path = framework.declaredAt ?? framework.frameworkName;
        return { path, run: () => BackupFrameworkRules.check(framework, path, probe) };
      }),
      ...members(estate.reportPlans, probe).map(([, reportPlan]): Check => {
        const path = reportPlan.declaredAt ?? reportPlan.reportPlanName;
        return { path, run: () => BackupReportPlanRules.check(reportPlan, path, probe) };
      }),
      ...members(estate.restoreTestingPlans, probe).map(([, testing]): Check => {
        const path = testing.declaredAt ?? testing.restoreTestingPlanName;
        return { path, run: () => RestoreTestingPlanRules.check(testing, path, probe) };
      }),
      ...members(estate.legalHolds, probe).map(([, hold]): Check => {
        const path = hold.declaredAt ?? hold.title;
        return { path, run: () => LegalHoldRules.check(hold, path, probe) };
      }),
      ...checksOfAccessAndTiers(estate, probe),
      ...checksOfResources(estate, probe),
      ...checksOf(RELATIONS, estate, probe),
    ];
    return checks.flatMap(guarded);
  }

  /**
   * What the rules find in selections, in resources, and in what selections take: whatever can come up when a selection
   * or a resource is added to an estate that was checked. Never throws.
   *
   * @param estate everything that was declared
   * @param probe tells which values are known now
   */
  public static checkSelections(estate: Estate, probe: IValueProbe): Finding[] {
    if (!readable(estate, probe)) {
      return [];
    }
    const checks = [
      ...members(estate.plans, probe).map(([, plan]): Check => {
        const path = plan.declaredAt ?? plan.backupPlanName;
        return { path, run: () => checkPlanSelections(plan, path, probe) };
      }),
      ...checksOfResources(estate, probe),
      ...checksOf(OF_SELECTIONS, estate, probe),
    ];
    return checks.flatMap(guarded);
  }

  private constructor() {}
}

/** The name of a vault that is declared here is told of once, at the vault, and not again by each rule that uses it. */
function checkPlan(plan: BackupPlan, path: string, vaults: readonly BackupVault[], probe: IValueProbe): Finding[] {
  const names = new Set(vaults.map((vault) => vault.backupVaultName));
  const told = members(plan.rules, probe)
    .filter(([, { targetBackupVaultName: name }]) => !absent(name) && names.has(name))
    .map(([index]) => at(at(at(path, 'rules'), index), 'targetBackupVaultName'));
  return BackupPlanRules.check(plan, path, probe).filter(
    (finding) => finding.rule !== RULE.targetVaultName.rule || !told.includes(finding.path),
  );
}

/** One group of rules over one declaration. */
interface Check {
  readonly path: string;
  readonly run: () => Finding[];
}

function checksOfAccessAndTiers(estate: Estate, probe: IValueProbe): Check[] {
  const tierings = members(estate.tieringConfigurations, probe).map(([, one]) => one);
  return [
    ...tierings.map((tiering): Check => {
      const path = tiering.declaredAt ?? tiering.tieringConfigurationName;
      return { path, run: () => TieringConfigurationRules.check(tiering, path, probe) };
    }),
    { path: '', run: () => TieringConfigurationRules.checkTogether(tierings, probe) },
    ...members(estate.restoreAccessVaults, probe).map(([, vault]): Check => {
      const path = vault.declaredAt ?? vault.sourceBackupVaultArn;
      return { path, run: () => RestoreAccessVaultRules.check(vault, path, probe) };
    }),
    // One without accounts is nobody's yet, and in order.
    ...members(estate.resourceShares, probe)
      .filter(([, { accounts }]) => members(accounts, probe).length > 0)
      .map(([, share]): Check => {
        const path = share.declaredAt ?? share.shareName;
        return { path, run: () => VaultShareRules.check(share, share.env, path, probe) };
      }),
  ];
}

function checksOfResources(estate: Estate, probe: IValueProbe): Check[] {
  return members(estate.resources, probe).map(([, resource]): Check => {
    const path = resource.declaredAt ?? resource.arn;
    return { path, run: () => StatefulResourceRules.check(resource, path, probe) };
  });
}

function checksOf(relations: typeof RELATIONS, estate: Estate, probe: IValueProbe): Check[] {
  let built: EstateIndex | undefined;
  const index = () => (built ??= new EstateIndex(estate, probe));
  return relations.map((relation): Check => ({ path: '', run: () => relation(index()) }));
}

/** A rule that throws is a finding, and hides no other. */
function guarded({ path, run }: Check): Finding[] {
  try {
    return run();
  } catch (error) {
    return [found(ESTATE.checkFailed, String(path), `what made a rule throw: ${String(error)}`)];
  }
}
