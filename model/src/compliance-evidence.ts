import { ComplianceDeclarations } from './compliance-declarations';
import { ComplianceSubject } from './compliance-subject';
import { BackupFramework } from './framework';
import { IValueProbe } from './finding';
import { absent, members } from './private/reading';
import { gapDaysOf } from './private/restore-testing-gap';
import { RestoreTestingPlan } from './restore-testing-plan';
import { Schedule } from './schedule';

/**
 * What tests and audits come to, as `ComplianceSubject` has it.
 */
export class ComplianceEvidence {
  /**
   * Most days between two restore tests, of the plan that tests most often; nothing where nothing is tested again and again.
   *
   * A plan without a selection tests nothing. A schedule that is known only at deployment is taken to be often enough.
   *
   * @param plans restore testing plans
   * @param probe tells which values are known now
   */
  public static restoreTestGapDays(plans: RestoreTestingPlan[], probe: IValueProbe): number | undefined {
    const gaps = members(plans, probe)
      .filter(([, { selections = [] }]) => !probe.known(selections) || selections.length > 0)
      .flatMap(([, { scheduleExpression: expression, scheduleExpressionTimezone: zone }]) => {
        if (!probe.known(expression) || (!absent(zone) && !probe.known(zone))) {
          return 0;
        }
        return gapDaysOf(Schedule.expression(expression, zone)) ?? [];
      });
    return gaps.length === 0 ? undefined : Math.min(...gaps);
  }

  /**
   * Names of the controls that some frameworks evaluate, each once.
   *
   * @param frameworks frameworks
   * @param probe tells which values are known now
   */
  public static auditControls(frameworks: BackupFramework[], probe: IValueProbe): string[] {
    const names = members(frameworks, probe).flatMap(([, { controls }]) =>
      members(controls, probe).map(([, { controlName }]) => controlName),
    );
    return [...new Set(names)];
  }

  /**
   * Declarations that were read back, as a standard is held against them. The bucket that keeps reports the shortest counts.
   *
   * @param declarations what was read back
   * @param declaredAt path of what was read
   * @param probe tells which values are known now
   */
  public static subject(
    declarations: ComplianceDeclarations,
    declaredAt: string,
    probe: IValueProbe,
  ): ComplianceSubject {
    const { estate, restoreTestingPlans = [], evidenceRetentionDays = [] } = declarations;
    return {
      estate,
      restoreTestGapDays: ComplianceEvidence.restoreTestGapDays(restoreTestingPlans, probe),
      auditControls: ComplianceEvidence.auditControls(estate.frameworks ?? [], probe),
      evidenceRetentionDays: evidenceRetentionDays.length === 0 ? undefined : Math.min(...evidenceRetentionDays),
      declaredAt,
    };
  }

  private constructor() {}
}
