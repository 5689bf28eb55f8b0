import { ComplianceClause } from './compliance-clause';
import { ComplianceRequirement } from './compliance-requirement';
import { FINRA_SEC17A4, FINRA_SEC17A4_THREE_YEARS } from './presets/finra-sec17a4';
import { GDPR } from './presets/gdpr';
import { HIPAA } from './presets/hipaa';
import { ISO_27001 } from './presets/iso27001';
import { FEDRAMP_HIGH, FEDRAMP_MODERATE, NIST_800_53_HIGH, NIST_800_53_MODERATE } from './presets/nist-800-53';
import * as outside from './presets/outside';
import { PCI_DSS } from './presets/pci-dss';
import { SOC2 } from './presets/soc2';

/**
 * A standard of your own.
 */
export interface CustomStandardProps {
  /**
   * Id of the standard, kebab-case; stands in findings and reports.
   */
  readonly id: string;

  /**
   * Name of the standard, for people.
   */
  readonly title: string;

  /**
   * What it asks for; each with the clause of your own text.
   */
  readonly requirements: ComplianceRequirement[];

  /**
   * Standards that it builds on; of two values for one aspect the stronger holds.
   *
   * @default - none
   */
  readonly basedOn?: ComplianceStandard[];

  /**
   * Clauses that neither declarations of backups nor a simulation of them can show.
   *
   * @default - those of `basedOn` alone
   */
  readonly outside?: ComplianceClause[];
}

/**
 * What a standard asks of backups, as technical values that a plan can be held against.
 *
 * A standard is a floor: what is weaker is a finding that names the clause. Aligned with a standard, never certified by it:
 * no set of values makes anybody compliant, and many clauses ask for what no template holds. Each requirement says whether
 * the clause demands its value, and whether the clause was looked up.
 */
export class ComplianceStandard {
  /**
   * HIPAA Security Rule, 45 CFR Part 164 Subpart C.
   */
  public static readonly HIPAA = new ComplianceStandard('hipaa', 'HIPAA Security Rule', HIPAA, outside.OUTSIDE_HIPAA);

  /**
   * PCI DSS v4.0.1.
   */
  public static readonly PCI_DSS = new ComplianceStandard(
    'pci-dss',
    'PCI DSS v4.0.1',
    PCI_DSS,
    outside.OUTSIDE_PCI_DSS,
  );

  /**
   * SOC 2, Trust Services Criteria of 2017 with the points of focus of 2022.
   */
  public static readonly SOC2 = new ComplianceStandard('soc2', 'SOC 2', SOC2, outside.OUTSIDE_SOC2);

  /**
   * ISO/IEC 27001:2022.
   */
  public static readonly ISO_27001 = new ComplianceStandard(
    'iso27001',
    'ISO/IEC 27001:2022',
    ISO_27001,
    outside.OUTSIDE_ISO_27001,
  );

  /**
   * FedRAMP Rev 5, Moderate.
   */
  public static readonly FEDRAMP_MODERATE = new ComplianceStandard(
    'fedramp-moderate',
    'FedRAMP Rev 5 Moderate',
    FEDRAMP_MODERATE,
    outside.OUTSIDE_FEDRAMP_MODERATE,
  );

  /**
   * FedRAMP Rev 5, High.
   */
  public static readonly FEDRAMP_HIGH = new ComplianceStandard(
    'fedramp-high',
    'FedRAMP Rev 5 High',
    FEDRAMP_HIGH,
    outside.OUTSIDE_FEDRAMP_HIGH,
  );

  /**
   * SEC Rule 17a-4 and FINRA Rule 4511 for records of six years.
   */
  public static readonly FINRA_SEC17A4 = new ComplianceStandard(
    'finra-sec17a4',
    'SEC Rule 17a-4 and FINRA Rule 4511, six years',
    FINRA_SEC17A4,
    outside.OUTSIDE_FINRA_SEC17A4,
  );

  /**
   * SEC Rule 17a-4 for records of three years.
   */
  public static readonly FINRA_SEC17A4_THREE_YEARS = new ComplianceStandard(
    'finra-sec17a4-three-years',
    'SEC Rule 17a-4, three years',
    FINRA_SEC17A4_THREE_YEARS,
    outside.OUTSIDE_FINRA_SEC17A4,
  );

  /**
   * Regulation (EU) 2016/679.
   */
  public static readonly GDPR = new ComplianceStandard('gdpr', 'GDPR', GDPR, outside.OUTSIDE_GDPR);

  /**
   * NIST SP 800-53 Rev 5, Moderate baseline.
   */
  public static readonly NIST_800_53_MODERATE = new ComplianceStandard(
    'nist-800-53-moderate',
    'NIST SP 800-53 Rev 5 Moderate',
    NIST_800_53_MODERATE,
    outside.OUTSIDE_NIST_800_53_MODERATE,
  );

  /**
   * NIST SP 800-53 Rev 5, High baseline.
   */
  public static readonly NIST_800_53_HIGH = new ComplianceStandard(
    'nist-800-53-high',
    'NIST SP 800-53 Rev 5 High',
    NIST_800_53_HIGH,
    outside.OUTSIDE_NIST_800_53_HIGH,
  );

  /**
   * A standard of your own, perhaps on top of others.
   *
   * @param props id, title and requirements
   */
  public static custom(props: CustomStandardProps): ComplianceStandard {
    const inherited = (props.basedOn ?? []).flatMap((standard) => standard.requirements);
    const beyond = [...(props.basedOn ?? []).flatMap(({ outside: clauses }) => clauses), ...(props.outside ?? [])];
    return new ComplianceStandard(props.id, props.title, [...inherited, ...props.requirements], beyond);
  }

  /**
   * Every standard that Holdfast brings along, in the order of their ids.
   */
  public static all(): ComplianceStandard[] {
    return [
      ComplianceStandard.FEDRAMP_HIGH,
      ComplianceStandard.FEDRAMP_MODERATE,
      ComplianceStandard.FINRA_SEC17A4,
      ComplianceStandard.FINRA_SEC17A4_THREE_YEARS,
      ComplianceStandard.GDPR,
      ComplianceStandard.HIPAA,
      ComplianceStandard.ISO_27001,
      ComplianceStandard.NIST_800_53_HIGH,
      ComplianceStandard.NIST_800_53_MODERATE,
      ComplianceStandard.PCI_DSS,
      ComplianceStandard.SOC2,
    ];
  }

  /**
   * The standard of an id, or nothing.
   *
   * @param id e.g. `hipaa`
   */
  public static tryFind(id: string): ComplianceStandard | undefined {
    return ComplianceStandard.all().find((standard) => standard.id === id);
  }

  private constructor(
    /**
     * Id, kebab-case.
     */
    public readonly id: string,

    /**
     * Name, for people.
     */
    public readonly title: string,

    /**
     * What it asks for, with the clause of each value.
     */
    public readonly requirements: ComplianceRequirement[],

    /**
     * Clauses that neither declarations of backups nor a simulation of them can show.
     */
    public readonly outside: ComplianceClause[],
  ) {}
}
