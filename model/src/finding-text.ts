import { Finding } from './finding';

/**
 * Findings as sentences: the one form in which every construct says what it refuses.
 */
export class FindingText {
  /**
   * One finding: `<path> must be <allowed>, got <given> [<rule>] (<source>)`.
   *
   * @param finding what a rule found
   */
  public static sentence(finding: Finding): string {
    return `${finding.path} ${finding.message} [${finding.rule}] (${finding.source})`;
  }

  /**
   * All findings for which a construct is refused, below its path.
   *
   * @param constructPath path of the construct
   * @param findings what the rules found
   * @param refusedBy who refuses them
   */
  public static refusal(constructPath: string, findings: Finding[], refusedBy: string = 'AWS Backup'): string {
    const head = `${constructPath}: ${findings.length} value(s) that ${refusedBy} refuses`;
    return [head, ...findings.map((finding) => `  ${FindingText.sentence(finding)}`)].join('\n');
  }

  private constructor() {}
}
