import { BackupLimits } from '../../backup-limits';
import { Environment } from '../../environment';
import { Estate } from '../../estate';
import { RegionSettings } from '../../region-settings';
import { IValueProbe } from '../../finding';
import { BackupPlan } from '../../plan';
import { StatefulResource } from '../../resource';
import { BackupRule } from '../../rule';
import { VaultLock } from '../../vault-lock';
import { placeOf, samePlace, vaultArn } from '../arns';
import { at } from '../found';
import { absent, members, readable, whole } from '../reading';
import { Retention, retentionOf } from '../retention';
import { allKnown } from './all-known';

/** A vault of either kind, as far as rules and copies care. */
export interface TargetVault {
  readonly name: string;
  readonly env: Environment;
  readonly path: string;
  readonly airGapped: boolean;
  /** Retention bounds that are known: those of the lock, or of the logically air-gapped vault. */
  readonly minDays?: number;
  readonly maxDays?: number;
  /** Whether a lock becomes permanent. */
  readonly isCompliance: boolean;
  readonly encryptionKeyArn?: string;
  readonly accessPolicy?: any;
}

/** A rule with its plan and where both were declared. */
export interface PlannedRule {
  readonly plan: BackupPlan;
  readonly planPath: string;
  readonly rule: BackupRule;
  readonly index: number;
  readonly path: string;
  readonly retention: Retention;
}

/** The name of a rule, or where it stands when it has none, as a message shows it. */
export function nameOf({ rule, index }: PlannedRule): string {
  return rule.ruleName ?? `rules[${index}]`;
}

/** A plan and where it was declared. */
export interface DeclaredPlan {
  readonly plan: BackupPlan;
  readonly path: string;
  readonly rules: readonly PlannedRule[];
}

/** Resources of an account and Region: those whose ARN and tags can be read now, and the others. */
export interface PlaceResources {
  readonly known: StatefulResource[];
  readonly unknown: StatefulResource[];
}

/** What the declarations of an estate are found by. Names and ARNs are compared as they stand, tokens included. */
export class EstateIndex {
  public readonly vaults: readonly TargetVault[];
  public readonly plans: readonly DeclaredPlan[];
  private readonly vaultsByArn = new Map<string, TargetVault>();
  private readonly resourcesByPlace = new Map<string, PlaceResources>();

  constructor(
    public readonly estate: Estate,
    public readonly probe: IValueProbe,
  ) {
    this.vaults = [...this.standardVaults(), ...this.airGappedVaults()];
    for (const vault of this.vaults) {
      const arn = vaultArn(vault.env, vault.name);
      if (!this.vaultsByArn.has(arn)) {
        this.vaultsByArn.set(arn, vault);
      }
    }
    this.plans = members(estate.plans, probe).map(([, plan]) => {
      const path = plan.declaredAt ?? plan.backupPlanName;
      return { plan, path, rules: this.rulesOf(plan, path) };
    });
    for (const [, resource] of members(estate.resources, probe)) {
      const place = placeOf(resource.env);
      const there = this.resourcesByPlace.get(place) ?? { known: [], unknown: [] };
      (allKnown([resource.arn, resource.tags], probe) ? there.known : there.unknown).push(resource);
      this.resourcesByPlace.set(place, there);
    }
  }

  /** All rules of all plans. */
  public get rules(): readonly PlannedRule[] {
    return this.plans.flatMap(({ rules }) => rules);
  }

  public vaultNamed(env: Environment, name: string): TargetVault | undefined {
    return this.vaultsByArn.get(vaultArn(env, name));
  }

  public vaultWithArn(arn: string): TargetVault | undefined {
    return this.vaultsByArn.get(arn);
  }

  public resourcesIn(env: Environment): PlaceResources {
    return this.resourcesByPlace.get(placeOf(env)) ?? { known: [], unknown: [] };
  }

  public settingsOf(env: Environment): RegionSettings | undefined {
    const settings = members(this.estate.regionSettings, this.probe).map(([, one]) => one);
    return settings.find((one) => samePlace(one.env, env));
  }

  private rulesOf(plan: BackupPlan, planPath: string): PlannedRule[] {
    return members(plan.rules, this.probe).map(([index, rule]) => ({
      plan,
      planPath,
      rule,
      index,
      path: at(at(planPath, 'rules'), index),
      retention: retentionOf(rule.lifecycle, this.probe),
    }));
  }

  private standardVaults(): TargetVault[] {
    return members(this.estate.vaults, this.probe).map(([, vault]) => {
      const lock = readable(vault.vaultLock, this.probe) ? vault.vaultLock : {};
      return {
        name: vault.backupVaultName,
        env: vault.env,
        path: vault.declaredAt ?? vault.backupVaultName,
        airGapped: false,
        ...this.bounds(lock),
        isCompliance: !absent(lock.changeableForDays),
        encryptionKeyArn: vault.encryptionKeyArn,
        accessPolicy: vault.accessPolicy,
      };
    });
  }

  private airGappedVaults(): TargetVault[] {
    return members(this.estate.logicallyAirGappedVaults, this.probe).map(([, vault]) => ({
      name: vault.backupVaultName,
      env: vault.env,
      path: vault.declaredAt ?? vault.backupVaultName,
      airGapped: true,
      ...this.bounds(vault),
      isCompliance: true,
      encryptionKeyArn: vault.encryptionKeyArn,
      accessPolicy: vault.accessPolicy,
    }));
  }

  /** What a vault admits. Bounds that exclude each other are none: the rule on bounds speaks. */
  private bounds({ minRetentionDays, maxRetentionDays }: VaultLock): { minDays?: number; maxDays?: number } {
    const minDays = this.bound(minRetentionDays);
    const maxDays = this.bound(maxRetentionDays);
    return minDays !== undefined && maxDays !== undefined && minDays > maxDays ? {} : { minDays, maxDays };
  }

  private bound(value: number | undefined): number | undefined {
    return readable(value, this.probe) && whole(value, 1, BackupLimits.LONGEST_DAYS) ? value : undefined;
  }
}
