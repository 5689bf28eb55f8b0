import {
  BackupPlan,
  BackupSelection,
  BackupVault,
  Estate,
  EstateRules,
  Finding,
  LogicallyAirGappedVault,
  StatefulResource,
  Waiver,
} from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { IConstruct } from 'constructs';
import { SYNTH } from './token-values';

/**
 * What our constructs declared, found again from the objects that they hand out.
 *
 * Kept under a registered symbol on the object itself, so that two copies of this library see each other's.
 */
const DECLARATION = Symbol.for('@holdfast/cdktf.declaration');
const AIR_GAPPED = Symbol.for('@holdfast/cdktf.logically-air-gapped-vaults');

/** A vault of either kind. */
export type DeclaredVault = BackupVault | LogicallyAirGappedVault;

/** A plan, and what its selections added since. */
export interface PlanDeclaration {
  readonly plan: BackupPlan;
  readonly vaults: DeclaredVault[];
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

/**
 * Remembers what a logically air-gapped vault was declared as.
 *
 * @param arns how its ARN is written, beside spelled out: rules of plans name it by its ARN alone
 */
export function declareAirGappedVault(
  scope: IConstruct,
  vault: object,
  declaration: LogicallyAirGappedVault,
  ...arns: string[]
): void {
  Object.defineProperty(vault, DECLARATION, { value: declaration });
  const known = airGappedVaultsOf(scope);
  for (const arn of [...arns, vaultArn(declaration)]) {
    known.set(arn, declaration);
  }
}

/** What the vault was declared as; undefined for a vault that is not of ours. */
export function tryFindVault(vault: object): DeclaredVault | undefined {
  return Reflect.get(vault, DECLARATION) as DeclaredVault | undefined;
}

/** The same, where it is no logically air-gapped one. */
export function tryFindStandardVault(vault: object): BackupVault | undefined {
  const declared = tryFindVault(vault);
  return declared === undefined || isAirGapped(declared) ? undefined : declared;
}

/** The logically air-gapped vault of ours, anywhere in the app, whose ARN is written like this. */
export function tryFindAirGappedVault(scope: IConstruct, arn: string | undefined): LogicallyAirGappedVault | undefined {
  return arn === undefined ? undefined : airGappedVaultsOf(scope).get(arn);
}

/** Both kinds, each where an estate has it. */
export function estateOf(vaults: DeclaredVault[]): Pick<Estate, 'vaults' | 'logicallyAirGappedVaults'> {
  return {
    vaults: vaults.filter((vault): vault is BackupVault => !isAirGapped(vault)),
    logicallyAirGappedVaults: vaults.filter(isAirGapped),
  };
}

function isAirGapped(vault: DeclaredVault): vault is LogicallyAirGappedVault {
  return 'minRetentionDays' in vault;
}

/** Kept at the root of the app, so that stacks see each other's. */
function airGappedVaultsOf(scope: IConstruct): Map<string, LogicallyAirGappedVault> {
  const { root } = scope.node;
  const known = Reflect.get(root, AIR_GAPPED) as Map<string, LogicallyAirGappedVault> | undefined;
  if (known !== undefined) {
    return known;
  }
  const made = new Map<string, LogicallyAirGappedVault>();
  Object.defineProperty(root, AIR_GAPPED, { value: made });
  return made;
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
export function vaultArn(vault: DeclaredVault): string {
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
  const vaults = [...(estate.vaults ?? []), ...(estate.logicallyAirGappedVaults ?? [])].map(
    (vault) => `${vault.declaredAt}.`,
  );
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

/** Adds to a plan of ours what a selection brings, in as many parts as it is rendered in. */
export function extendPlan(
  plan: PlanDeclaration | undefined,
  selections: BackupSelection[],
  resources: StatefulResource[],
): void {
  plan?.selections.push(...selections);
  plan?.resources.push(...unknownTo(plan, resources));
}

/** A resource that several selections of a plan name is one resource. */
export function unknownTo(plan: PlanDeclaration, resources: StatefulResource[]): StatefulResource[] {
  const known = new Set(plan.resources.map(({ arn }) => arn));
  return resources.filter(({ arn }) => !known.has(arn));
}

function identity(finding: Finding): string {
  return JSON.stringify([finding.rule, finding.path, finding.message]);
}

function withoutPrefix(finding: Finding, constructPath: string): Finding {
  const prefix = `${constructPath}.`;
  return finding.path.startsWith(prefix) ? { ...finding, path: finding.path.slice(prefix.length) } : finding;
}
