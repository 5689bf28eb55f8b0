import { BackupFramework, BackupFrameworkRules, Finding, Waiver } from '@holdfast/model';
import { IConstruct } from 'constructs';
import { atSynthesis } from './at-synthesis';
import { tryFindPlan, tryFindVault } from './declarations';
import { refuse } from './refuse';
import { SYNTH } from './token-values';

/** What a framework of ours was declared as; registered, so that two copies of us share it. */
const FRAMEWORK = Symbol.for('@holdfast/cdktf.framework');

/** The framework that a construct of ours declares; undefined for any other construct. */
export function tryFindFramework(framework: object): BackupFramework | undefined {
  return Reflect.get(framework, FRAMEWORK) as BackupFramework | undefined;
}

/**
 * Holds a framework against the app at synthesis: plans and vaults come before and after it, and which there are is known
 * only when the whole app is.
 */
export function judgeFramework(scope: IConstruct, framework: BackupFramework, waivers?: Waiver[]): void {
  Object.defineProperty(scope, FRAMEWORK, { value: framework });
  atSynthesis(scope, () => refuse(scope, complianceFindings(scope, framework), waivers));
}

function complianceFindings(scope: IConstruct, framework: BackupFramework): Finding[] {
  const all = scope.node.root.node.findAll();
  const { path } = scope.node;
  const prefix = `${path}.`;
  const together = BackupFrameworkRules.checkTogether(
    all.flatMap((each) => tryFindFramework(each) ?? []),
    SYNTH,
  );
  const audited = {
    plans: all.flatMap((each) => tryFindPlan(each)?.plan ?? []),
    // What a plan was declared as is kept under the same symbol.
    vaults: all
      .flatMap((each) => tryFindVault(each) ?? [])
      .filter(({ backupVaultName }) => backupVaultName !== undefined),
  };
  return [
    ...together.filter((finding) => finding.path === path || finding.path.startsWith(prefix)),
    ...BackupFrameworkRules.checkCompliance(framework, audited, path, SYNTH),
  ].map((finding) => ({
    ...finding,
    path: finding.path.startsWith(prefix) ? finding.path.slice(prefix.length) : finding.path,
  }));
}
