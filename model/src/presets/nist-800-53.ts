import {
  ComplianceAspect as Aspect,
  ComplianceDemand as Demand,
  ComplianceRequirement,
} from '../compliance-requirement';
import {
  ALL_CONTROLS,
  assigned,
  assignedFromMemory,
  chosen,
  demandedFromMemory,
  list,
  MONTH_DAYS,
  must,
  number,
  QUARTER_DAYS,
  read,
  RECOMMENDED,
  US_REGIONS,
  YEAR_DAYS,
} from './requirements';

/** What both baselines of a programme have in common. */
interface Programme {
  /** How the clauses of the programme begin. */
  readonly prefix: string;
  /** Whether the programme assigns the numbers that SP 800-53 leaves to the organization. */
  readonly assigns: boolean;
}

const ODP = 'the organization defines the value; this is a common one';

function daily({ prefix, assigns }: Programme): ComplianceRequirement {
  const clause = `${prefix} CP-9(a)(b)(c)`;
  return number(
    Aspect.MAX_HOURS_BETWEEN_BACKUPS,
    24,
    assigns
      ? assigned(
          clause,
          'daily incremental and weekly full backups; each recovery point of AWS Backup restores as a full one',
        )
      : read(clause, `backups at a frequency consistent with the recovery objectives; ${ODP}`),
  );
}

/** Moderate and High of a programme. */
function common(programme: Programme): ComplianceRequirement[] {
  const { prefix, assigns } = programme;
  return [
    daily(programme),
    number(Aspect.MIN_RETENTION_DAYS, 90, chosen(`${prefix} CP-9(d)`, 'availability of backups over a quarter')),
    number(Aspect.LONG_RETENTION_DAYS, 365, chosen(`${prefix} CP-9(d)`, 'a monthly point over the yearly assessment')),
    must(
      Aspect.CROSS_REGION_COPY,
      assigns
        ? read(
            `${prefix} CP-9`,
            'three copies are asked for, one of them online: the vault, another Region, another account',
          )
        : demandedFromMemory(`${prefix} CP-6`, 'an alternate storage site, separated from the primary one'),
    ),
    must(
      Aspect.CROSS_ACCOUNT_COPY,
      read(`${prefix} CP-9`, 'the third copy, out of reach of the administrators of the first two'),
    ),
    must(
      Aspect.CUSTOMER_MANAGED_KEY,
      assigns
        ? assigned(
            `${prefix} CP-9(8)`,
            'all backup files are encrypted with validated cryptography under managed keys (SC-12)',
          )
        : read(
            `${prefix} CP-9(8)`,
            'backup information is encrypted, under keys that the organization manages (SC-12)',
          ),
    ),
    number(Aspect.LOCK_MIN_RETENTION_DAYS, 90, chosen(`${prefix} CP-9(d)`, 'the lock holds what the plan promises')),
    list(
      Aspect.AUDIT_CONTROLS,
      ALL_CONTROLS,
      chosen(`${prefix} CA-7`, 'continuous monitoring of what can be monitored'),
    ),
    number(Aspect.EVIDENCE_RETENTION_DAYS, 395, chosen(`${prefix} AU-11`, 'evidence of a yearly assessment')),
  ];
}

const FEDRAMP: Programme = { prefix: 'FedRAMP Rev 5', assigns: true };
const NIST: Programme = { prefix: 'NIST SP 800-53 Rev 5', assigns: false };

const FEDRAMP_REGIONS = list(
  Aspect.REGIONS,
  US_REGIONS,
  read('FedRAMP Rev 5 boundary', 'authorized Regions are those of the United States and GovCloud', false),
);

export const FEDRAMP_MODERATE: ComplianceRequirement[] = [
  ...common(FEDRAMP),
  FEDRAMP_REGIONS,
  must(Aspect.GOVERNANCE_LOCK, chosen('FedRAMP Rev 5 CP-9(d)', 'integrity of backups')),
  number(
    Aspect.MAX_DAYS_BETWEEN_RESTORE_TESTS,
    YEAR_DAYS,
    assignedFromMemory('FedRAMP Rev 5 CP-9(1)', 'backups are tested at least annually; a quarter is chosen'),
    { preferred: QUARTER_DAYS },
  ),
];

export const FEDRAMP_HIGH: ComplianceRequirement[] = [
  ...common(FEDRAMP),
  FEDRAMP_REGIONS,
  must(Aspect.CONTINUOUS_BACKUP, {
    clause: 'FedRAMP Rev 5 CP-10(2)',
    demand: Demand.INTERPRETATION,
    lookedUp: false,
    because: 'transaction recovery for systems that are transaction-based',
  }),
  must(
    Aspect.COMPLIANCE_LOCK,
    read('FedRAMP Rev 5 CP-9(3)', 'separate storage that administrators cannot empty', false),
  ),
  number(
    Aspect.MAX_DAYS_BETWEEN_RESTORE_TESTS,
    MONTH_DAYS,
    assignedFromMemory('FedRAMP Rev 5 CP-9(1)', 'backups are tested at least monthly'),
  ),
];

export const NIST_800_53_MODERATE: ComplianceRequirement[] = [
  ...common(NIST),
  must(Aspect.GOVERNANCE_LOCK, chosen('NIST SP 800-53 Rev 5 CP-9(d)', 'integrity of backups')),
  number(
    Aspect.MAX_DAYS_BETWEEN_RESTORE_TESTS,
    YEAR_DAYS,
    read('NIST SP 800-53 Rev 5 CP-9(1)', `media and information are tested at a defined frequency; ${ODP}`),
    { preferred: QUARTER_DAYS },
  ),
];

export const NIST_800_53_HIGH: ComplianceRequirement[] = [
  ...common(NIST),
  must(
    Aspect.CONTINUOUS_BACKUP,
    read('NIST SP 800-53 Rev 5 CP-10(2)', 'transaction recovery for systems that are transaction-based', false),
    RECOMMENDED,
  ),
  must(
    Aspect.COMPLIANCE_LOCK,
    read('NIST SP 800-53 Rev 5 CP-9(3)', 'separate storage that administrators cannot empty', false),
  ),
  number(
    Aspect.MAX_DAYS_BETWEEN_RESTORE_TESTS,
    QUARTER_DAYS,
    read('NIST SP 800-53 Rev 5 CP-9(2)', `a sample of backups is restored in tests; ${ODP}`, false),
  ),
];
