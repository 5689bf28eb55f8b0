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
import * as backup from 'aws-cdk-lib/aws-backup';
import { IConstruct } from 'constructs';
import { SYNTH } from './token-values';

/**
 * What our constructs declared, found again from the `aws-cdk-lib` objects that they hand out.
 *
 * Kept under a registered symbol on the object itself, so that two copies of this library see each other's.
 */
const DECLARATION = Symbol.for('@holdfast/cdk.declaration');
const AIR_GAPPED = Symbol.for('@holdfast/cdk.logically-air-gapped-vaults');

/** A vault of either kind. */
export type DeclaredVault = BackupVault | LogicallyAirGappedVault;

/** A plan, and what its selections added since. */
export interface PlanDeclaration {
  readonly plan: BackupPlan;
  readonly vaults: DeclaredVault[];
  readonly selections: BackupSelection[];
  readonly resources: StatefulResource[];
  readonly waivers: Waiver[];
  /** All that the rules found so far. */
  readonly found: Finding[];
}

/** Remembers what a vault was declared as. */
export function declareVault(vault: backup.IBackupVault, declaration: BackupVault): void {
  Object.defineProperty(vault, DECLARATION, { value: declaration });
}

/**
 * Remembers what a logically air-gapped vault was declared as.
 *
 * @param arns how its ARN is written, beside spelled out: rules of plans name it by its ARN alone
 */
export function declareAirGappedVault(
  vault: backup.IBackupVault,
  declaration: LogicallyAirGappedVault,
  ...arns: string[]
): void {
  Object.defineProperty(vault, DECLARATION, { value: declaration });
  const known = airGappedVaultsOf(vault);
  for (const arn of [...arns, vaultArn(declaration)]) {
    known.set(arn, declaration);
  }
}

/** What the vault was declared as; undefined for a vault that is not of ours. */
export function tryFindVault(vault: backup.IBackupVault): DeclaredVault | undefined {
  return Reflect.get(vault, DECLARATION) as DeclaredVault | undefined;
}

/** The same, where it is no logically air-gapped one. */
export function tryFindStandardVault(vault: backup.IBackupVault): BackupVault | undefined {
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
export function declarePlan(plan: backup.IBackupPlan, declaration: PlanDeclaration): void {
  Object.defineProperty(plan, DECLARATION, { value: declaration });
}

/** What the plan was declared as; undefined for a plan that is not of ours. */
export function tryFindPlan(plan: backup.IBackupPlan): PlanDeclaration | undefined {
  return Reflect.get(plan, DECLARATION) as PlanDeclaration | undefined;
}

/** ARN of a vault as the rules spell it, from where it lives and its name. */
export function vaultArn(vault: DeclaredVault): string {
  const { partition, region, account } = vault.env;
  return `arn:${partition}:backup:${region}:${account}:backup-vault:${vault.backupVaultName}`;
}

/** What the rules find in an estate, whole and as news. */
export interface Judgement {
  /** All of it, with paths from the root of the app. */
  readonly all: Finding[];
  /** What was not found before; paths lose the prefix of the construct, which heads the message anyway. */
  readonly news: Finding[];
}

/**
 * Asks the rules about a plan and its vaults, which answered for themselves.
 *
 * @param estate what is known
 * @param constructPath the construct that adds to the estate
 */
export function judgePlan(estate: Estate, constructPath: string): Judgement {
  const vaults = [...(estate.vaults ?? []), ...(estate.logicallyAirGappedVaults ?? [])].map(
    (vault) => `${vault.declaredAt}.`,
  );
  const all = EstateRules.check(estate, SYNTH);
  const news = all.filter((finding) => !vaults.some((prefix) => finding.path.startsWith(prefix)));
  return { all, news: withoutPrefixes(news, constructPath) };
}

/**
 * Asks the rules about a plan that got a selection; the selection answers for what it adds alone, so that nothing is said
 * twice.
 *
 * @param estate what is known
 * @param before what the rules found already
 * @param constructPath the construct that adds to the estate
 */
export function judgeSelection(estate: Estate, before: Finding[], constructPath: string): Judgement {
  const known = new Set(before.map(identity));
  const news = EstateRules.checkSelections(estate, SYNTH).filter((finding) => !known.has(identity(finding)));
  return { all: [...before, ...news], news: withoutPrefixes(news, constructPath) };
}

function identity(finding: Finding): string {
  return JSON.stringify([finding.rule, finding.path, finding.message]);
}

/** Adds to a plan what a selection brings, in as many parts as it is rendered in. */
export function extendPlan(
  declaration: PlanDeclaration,
  selections: BackupSelection[],
  resources: StatefulResource[],
  found: Finding[],
): void {
  declaration.selections.push(...selections);
  declaration.resources.push(...resources);
  declaration.found.splice(0, declaration.found.length, ...found);
}

function withoutPrefixes(findings: Finding[], constructPath: string): Finding[] {
  return findings.map((finding) => ({ ...finding, path: withoutPrefix(finding.path, `${constructPath}.`) }));
}

function withoutPrefix(path: string, prefix: string): string {
  return path.startsWith(prefix) ? path.slice(prefix.length) : path;
}
