import { Finding } from './finding';

/**
 * A finding that its author accepts, with the reason.
 */
export interface Waiver {
  /**
   * Id of the rule.
   */
  readonly rule: string;

  /**
   * Path of the finding; stars match any characters.
   */
  readonly path: string;

  /**
   * Why the finding is accepted; shown in every report.
   */
  readonly reason: string;

  /**
   * Last day on which the waiver holds, `YYYY-MM-DD`.
   *
   * @default - never expires
   */
  readonly expires?: string;
}

/**
 * Lays waivers over findings.
 */
export class Waivers {
  /**
   * The findings, those that a waiver covers with `waived` set to its reason.
   *
   * @param findings what the rules found
   * @param waivers what the author accepts
   * @param today the day to hold `expires` against, `YYYY-MM-DD`
   */
  public static apply(findings: Finding[], waivers: Waiver[], today: string): Finding[] {
    return findings.map((finding) => {
      const waiver = waivers.find(
        (w) =>
          w.rule === finding.rule && covers(w.path, finding.path) && (w.expires === undefined || today <= w.expires),
      );
      return waiver === undefined ? finding : { ...finding, waived: waiver.reason };
    });
  }

  private constructor() {}
}

function covers(pattern: string, path: string): boolean {
  const literal = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`, 's').test(path);
}
