import { ComplianceRules } from './compliance-rules';
import { ComplianceStandard } from './compliance-standard';
import { ComplianceSubject } from './compliance-subject';
import { Finding, IValueProbe } from './finding';

/**
 * How declarations stand to standards, as a document (schema docs/schemas/holdfast.compliance-1.json).
 */
export class ComplianceReport {
  /**
   * What one construct, or one part of an app, has to say.
   *
   * @param declaredAt path of the construct
   * @param standards what was held against
   * @param subject what was declared
   * @param judged what was found, with waivers applied
   * @param probe tells which values are known
   */
  public static entry(
    declaredAt: string,
    standards: ComplianceStandard[],
    subject: ComplianceSubject,
    judged: Finding[],
    probe: IValueProbe,
  ): any {
    return { declaredAt, standards: standards.map((standard) => rowsOf(standard, subject, judged, probe)) };
  }

  /**
   * The report.
   *
   * @param entries what each construct has to say
   */
  public static document(entries: any[]): any {
    const said: unknown[] = entries;
    return { schema: 'holdfast.compliance/1', entries: said };
  }

  private constructor() {}
}

function rowsOf(
  { id, title, requirements }: ComplianceStandard,
  subject: ComplianceSubject,
  judged: Finding[],
  probe: IValueProbe,
): object {
  return {
    id,
    title,
    requirements: requirements.map(({ aspect, clause, demand, lookedUp, because, value, names, recommended }) => {
      const about = judged.filter(
        ({ message, source }) =>
          message.includes(` under ${id} (${clause},`) && source.startsWith(`${clause}: ${because}`),
      );
      return {
        aspect,
        clause,
        demand,
        lookedUp,
        because,
        value: value ?? names,
        declared: ComplianceRules.declared(aspect, subject, probe),
        recommended: recommended ?? false,
        findings: about.map(({ path: place, message, waived }) => ({ path: place, message, waived })),
        held: about.length === 0,
      };
    }),
  };
}
