import { BackupSelection, BackupSelectionRules, Estate, SelectionParts } from '@holdfast/model';
import { IConstruct } from 'constructs';
import { estateOf, Judgement, judgeSelection, PlanDeclaration } from './declarations';
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
export function judgeParts(judged: JudgedSelection): Judgement {
  const { plan, scope, selection, parts } = judged;
  if (plan === undefined) {
    const news = BackupSelectionRules.check(selection, '', SYNTH);
    return { all: [], news: parts.length === 1 ? news : SelectionParts.findings(news, []) };
  }
  const whole = judgeSelection(estateWith(judged, plan, [selection]), plan.found, scope.node.path);
  if (parts.length === 1) {
    return whole;
  }
  const counted = judgeSelection(estateWith(judged, plan, parts), plan.found, scope.node.path);
  return { all: [...whole.all, ...counted.all], news: SelectionParts.findings(whole.news, counted.news) };
}

function estateWith({ declared }: JudgedSelection, plan: PlanDeclaration, selections: BackupSelection[]): Estate {
  return {
    ...estateOf(plan.vaults),
    plans: [{ ...plan.plan, selections: [...plan.selections, ...selections] }],
    resources: [...plan.resources, ...declared.resources],
  };
}
