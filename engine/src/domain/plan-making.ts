/**
 * A plan's rules and copy actions as origins of jobs.
 *
 * Owns     nothing: adds to the ledger.
 * Source   B2.1 (defaults), B6.2 (copies), B7.6 (air-gapped target).
 */
import { BackupPlan, BackupRule, BackupRuleDefaults, BackupSelection, CopyAction } from '@holdfast/model';
import { uuid } from '../kernel/ids';
import { NEVER } from '../kernel/instant';
import type { Ledger } from './ledger';
import { termsOf } from './lifecycle';
import { canonicalSelection, inCanonicalOrder } from './canonical';
import { SELECTION_CREATED } from './event-codes';
import type { NewOrigin, Origin, OriginKind } from './origins';
import { Plan, PlanManagement, Rule, StandingSelection } from './plans';
import { placeOf } from './vaults';

/**
 * Brings a plan into the ledger, with an origin for each of its rules and copies.
 *
 * @param management given for a plan of an organization
 * @param before the version that this one follows
 */
export function makePlan(
  ledger: Ledger,
  declaration: BackupPlan,
  creatorRequestId: string | undefined,
  management?: PlanManagement,
  before?: Plan,
): Plan {
  const { env } = declaration;
  const place = ledger.names.intern(placeOf(env));
  const names = [
    env.partition,
    env.account,
    env.region,
    declaration.backupPlanName,
    before?.id ?? kin(ledger, declaration, management),
  ];
  const id = before?.id ?? management?.planId ?? uuid(ledger.seed, { kind: 'backup-plan', names });
  const arn = `arn:${env.partition}:backup:${env.region}:${env.account}:backup-plan:${id}`;
  // Source B1.2: samples of version ids are base64 of a UUID. A plan of an organization gets one for each change.
  const revision = (before?.revision ?? 0) + 1;
  const key = { kind: 'backup-plan-version', names: revision === 1 ? names : [...names, `${revision}`] };
  const version = uuid(ledger.seed, management === undefined ? key : { ...key, at: ledger.now });
  const versionId = Buffer.from(version, 'utf8').toString('base64');
  const plan = new Plan(id, arn, versionId, declaration, ledger.now, creatorRequestId, place, management);
  plan.revision = revision;
  if (before !== undefined) {
    plan.selections.push(...before.selections);
    plan.deletedSelections = before.deletedSelections;
    plan.lastExecutedAt = before.lastExecutedAt;
    ledger.plans.retire(before);
  }
  ledger.plans.add(plan);
  declaration.rules.forEach((rule, index) => {
    const twins = declaration.rules.slice(0, index).filter((other) => other.ruleName === rule.ruleName).length;
    // Assumed: a rule keeps its id as long as it keeps its name.
    const kept = before?.rules.filter((other) => other.declaration.ruleName === rule.ruleName)[twins]?.id;
    const ruleId = kept ?? uuid(ledger.seed, { kind: 'backup-rule', names: [...names, rule.ruleName, `${twins}`] });
    addRule(ledger, new Rule(plan, index, rule, ruleId));
  });
  return plan;
}

/** A selection joins a plan; what it comes to is found at the next run. */
export function addSelection(
  ledger: Ledger,
  plan: Plan,
  declaration: BackupSelection,
  creatorRequestId: string | undefined,
): StandingSelection {
  // Nothing says that AWS refuses a second selection of the same name (model's plan-selection-names is a note).
  const { selectionName } = declaration;
  const standing = plan.selections.filter((other) => other.declaration.selectionName === selectionName).length;
  const namesakes = standing + plan.deletedSelections;
  const names = [plan.id, selectionName, ...(namesakes === 0 ? [] : [`${namesakes}`])];
  const id = uuid(ledger.seed, { kind: 'backup-selection', names });
  const selection = { id, declaration, createdAt: ledger.now, creatorRequestId };
  plan.selections.push(selection);
  ledger.rosterVersion++;
  const text = JSON.stringify(canonicalSelection(declaration));
  ledger.declare(SELECTION_CREATED, plan.arn, plan.place, text, 0, NEVER);
  return selection;
}

/** What tells a plan from others of its name in the account and Region. */
function kin(ledger: Ledger, { env, backupPlanName }: BackupPlan, management: PlanManagement | undefined): string {
  const place = ledger.names.intern(placeOf(env));
  const namesakes = [...ledger.plans.list(), ...ledger.plans.deleted()]
    .filter((plan) => plan.place === place && plan.management === undefined)
    .filter((plan) => plan.declaration.backupPlanName === backupPlanName).length;
  return management?.planId ?? `${namesakes}`;
}

function addRule(ledger: Ledger, rule: Rule): void {
  const { declaration, plan } = rule;
  const twins = plan.rules.filter((other) => other.declaration.ruleName === declaration.ruleName).length;
  const name = twins === 0 ? declaration.ruleName : `${declaration.ruleName}~${twins}`;
  ledger.plans.addRule(rule);
  const text = `${plan.arn}#${name}`;
  rule.origin = ledger.origins.add(ruleOrigin(rule, declaration, text));
  const target = declaration.targetLogicallyAirGappedBackupVaultArn;
  if (target !== undefined) {
    const copy = { destinationBackupVaultArn: target };
    rule.origin.airGapCopy = ledger.origins.add(copyOrigin(rule, 'air-gap-copy', copy, `${text}>${target}#air-gap`));
  }
  inCanonicalOrder(declaration.copyActions ?? []).forEach((copy, index) => {
    const origin = copyOrigin(rule, 'copy', copy, `${text}>${copy.destinationBackupVaultArn}#${index}`);
    rule.origin.copies.push(ledger.origins.add(origin));
  });
}

function ruleOrigin(rule: Rule, declaration: BackupRule, text: string): NewOrigin {
  return {
    kind: 'rule',
    text,
    rule,
    source: undefined,
    roleArn: undefined,
    lifecycle: declaration.lifecycle,
    terms: termsOf(declaration.lifecycle),
    startWindowMinutes: declaration.startWindowMinutes ?? BackupRuleDefaults.START_WINDOW_MINUTES,
    completionWindowMinutes: declaration.completionWindowMinutes ?? BackupRuleDefaults.COMPLETION_WINDOW_MINUTES,
    destinationArn: undefined,
    tags: declaration.recoveryPointTags ?? {},
  };
}

function copyOrigin(rule: Rule, kind: OriginKind, copy: CopyAction, text: string): NewOrigin {
  return {
    ...ruleOrigin(rule, rule.declaration, text),
    kind,
    source: rule.origin satisfies Origin,
    lifecycle: copy.lifecycle,
    terms: termsOf(copy.lifecycle),
    destinationArn: copy.destinationBackupVaultArn,
  };
}
