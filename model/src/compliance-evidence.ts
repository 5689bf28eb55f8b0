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

  private constructor() {}
}
