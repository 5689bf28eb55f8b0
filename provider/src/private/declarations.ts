import {
  BackupPlan,
  BackupSelection,
  BackupVault,
  Estate,
  EstateRules,
  Finding,
  StatefulResource,
  Waiver,
} from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { SYNTH } from './token-values';

/**
 * What our constructs declared, found again from the objects that they hand out.
 *
 * Kept under a registered symbol on the object itself, so that two copies of this library see each other's.
 */
const DECLARATION = Symbol.for('@holdfast/cdktf.declaration');

/** A plan, and what its selections added since. */
export interface PlanDeclaration {
  readonly plan: BackupPlan;
  readonly vaults: BackupVault[];
  readonly selections: BackupSelection[];
  readonly resources: StatefulResource[];
  readonly waivers: Waiver[];
  /** What the rules found in the plan and in its vaults so far. */
  readonly said: Set<string>;
  readonly provider?: TerraformProvider;
}

/** Remembers what a vault was declared as. */
export function declareVault(vault: object, declaration: BackupVault): void {
  Object.defineProperty(vault, DECLARATION, { value: declaration });
}

/** What the vault was declared as; undefined for a vault that is not of ours. */
export function tryFindVault(vault: object): BackupVault | undefined {
  return Reflect.get(vault, DECLARATION) as BackupVault | undefined;
}

/** Remembers what a plan was declared as. */
export function declarePlan(plan: object, declaration: PlanDeclaration): void {
  Object.defineProperty(plan, DECLARATION, { value: declaration });
}

/** What the plan was declared as; undefined for a plan that is not of ours. */
export function tryFindPlan(plan: object): PlanDeclaration | undefined {
  return Reflect.get(plan, DECLARATION) as PlanDeclaration | undefined;
}

/** ARN of a vault as the rules spell it, from where it lives and its name. */
export function vaultArn(vault: BackupVault): string {
  const { partition, region, account } = vault.env;
  return `arn:${partition}:backup:${region}:${account}:backup-vault:${vault.backupVaultName}`;
}

/**
 * What the rules find in a plan; its vaults answered for themselves. Paths lose the prefix of the construct, which heads
 * the message anyway.
 *
 * @param estate the plan and its vaults
 * @param said gets what is said now
 */
export function findingsOfPlan(estate: Estate, said: Set<string>, constructPath: string): Finding[] {
  const vaults = (estate.vaults ?? []).map((vault) => `${vault.declaredAt}.`);
  const findings = EstateRules.check(estate, SYNTH);
  findings.forEach((finding) => said.add(identity(finding)));
  return findings
    .filter((finding) => !vaults.some((prefix) => finding.path.startsWith(prefix)))
    .map((finding) => withoutPrefix(finding, constructPath));
}

/**
 * What the rules find in a plan that got a selection and have not said before.
 *
 * So each selection answers for what it adds, and nothing is said twice.
 *
 * @param said what was said of the estate so far; gets what is said now
 */
export function findingsOfSelection(estate: Estate, said: Set<string>, constructPath: string): Finding[] {
  const findings = EstateRules.checkSelections(estate, SYNTH).filter((finding) => !said.has(identity(finding)));
  findings.forEach((finding) => said.add(identity(finding)));
  return findings.map((finding) => withoutPrefix(finding, constructPath));
}

function identity(finding: Finding): string {
  return JSON.stringify([finding.rule, finding.path, finding.message]);
}

function withoutPrefix(finding: Finding, constructPath: string): Finding {
  const prefix = `${constructPath}.`;
  return finding.path.startsWith(prefix) ? { ...finding, path: finding.path.slice(prefix.length) } : finding;
}
