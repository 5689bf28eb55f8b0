import { Coverage } from './coverage';
import { Estate } from './estate';
import { Finding } from './finding';

/**
 * What protects each resource of an app, as a document (schema docs/schemas/holdfast.coverage-1.json).
 */
export class CoverageReport {
  /**
   * The report.
   *
   * @param estate everything that was declared
   * @param findings what `Coverage.check` found, with waivers applied
   */
  public static document(estate: Estate, findings: Finding[]): any {
    const waived = new Map(findings.flatMap(({ path, waived: why }) => (why === undefined ? [] : [[path, why]])));
    const coverage = Coverage.rows(estate).map(({ resourceArn, resourceType, declaredAt, plans, reason }) => {
      const excuse = reason === undefined ? undefined : waived.get(declaredAt ?? resourceArn);
      return { resource: resourceArn, type: resourceType, declaredAt, plans, reason, waived: excuse };
    });
    const bare = coverage.filter(({ plans }) => plans.length === 0);
    return {
      schema: 'holdfast.coverage/1',
      resources: coverage.length,
      protected: coverage.length - bare.length,
      waived: bare.filter((row) => row.waived !== undefined).length,
      unprotected: bare.filter((row) => row.waived === undefined).length,
      coverage,
    };
  }

  private constructor() {}
}
