import { BackupSelection, BackupSelectionRules, Estate, Finding, SelectionParts } from '@holdfast/model';
import { IConstruct } from 'constructs';
import { estateOf, findingsOfSelection, PlanDeclaration, unknownTo } from './declarations';
import { DeclaredSelection } from './declare-selection';
import { SYNTH } from './token-values';

export interface JudgedSelection {
  readonly scope: IConstruct;
  readonly plan?: PlanDeclaration;
  readonly declared: DeclaredSelection;
  /** As it was declared: findings speak of its places. */
  readonly selection: BackupSelection;
  /** As it is rendered: a plan counts these. */
  readonly parts: BackupSelection[];
}

/** What the rules find in a selection, and in the plan now that it is known what it backs up. */
export function judgeParts(judged: JudgedSelection): Finding[] {
  const { plan, scope, selection, parts } = judged;
  if (plan === undefined) {
    const findings = BackupSelectionRules.check(selection, '', SYNTH);
    return parts.length === 1 ? findings : SelectionParts.findings(findings, []);
  }
  const before = new Set(plan.said);
  const whole = findingsOfSelection(estateWith(judged, plan, [selection]), plan.said, scope.node.path);
  if (parts.length === 1) {
    return whole;
  }
  const counted = findingsOfSelection(estateWith(judged, plan, parts), before, scope.node.path);
  before.forEach((said) => plan.said.add(said));
  return SelectionParts.findings(whole, counted);
}

function estateWith({ declared }: JudgedSelection, plan: PlanDeclaration, selections: BackupSelection[]): Estate {
  return {
    ...estateOf(plan.vaults),
    plans: [{ ...plan.plan, selections: [...plan.selections, ...selections] }],
    resources: [...plan.resources, ...unknownTo(plan, declared.resources)],
  };
}
