import { ComplianceAspect } from '../../compliance-requirement';
import { RuleDescription, Severity } from '../../finding';
import { advice, Table } from './describe';

const CLAUSES = 'the clause of the standard that is named, docs/compliance.md';

function row(what: string, allowed: string): RuleDescription {
  return advice(`compliance-${what}`, Severity.ERROR, allowed, CLAUSES);
}

export const COMPLIANCE = {
  conflict: row(
    'conflict',
    'held by no two standards that exclude each other; split the data by class into plans of their own',
  ),
  frequency: row(
    'frequency',
    'run at least as often as the standard says, by a rule that keeps its points long enough',
  ),
  minRetention: row('min-retention', 'at least as long as the standard says'),
  longRetention: row('long-retention', 'given a rule that keeps at least as long as the standard says'),
  maxRetention: row('max-retention', 'at most as long as the standard says'),
  warm: row('min-warm', 'in warm storage at least as long as the standard says'),
  continuous: row('continuous-backup', 'given a rule with continuous backup'),
  crossRegion: row('cross-region-copy', 'copied to another Region'),
  crossAccount: row('cross-account-copy', 'copied to another account'),
  elsewhere: row('copy-elsewhere', 'copied to another Region or account'),
  key: row('customer-managed-key', 'encrypted with a customer managed key'),
  governance: row('governance-lock', 'locked, at least in governance mode'),
  compliance: row('compliance-lock', 'locked in compliance mode'),
  lockMinimum: row('lock-min-retention', 'a lower bound of at least what the standard says'),
  restoreTest: row('restore-test', 'tested by restores at least as often as the standard says'),
  regions: row('regions', 'in a Region that the standard allows'),
  controls: row('audit-controls', 'audited by the controls that the standard needs'),
  evidence: row('evidence-retention', 'at least as long as the standard says'),
} satisfies Table;

/** The rule that holds a requirement. */
export const RULE_OF: Readonly<Record<ComplianceAspect, RuleDescription>> = {
  [ComplianceAspect.MAX_HOURS_BETWEEN_BACKUPS]: COMPLIANCE.frequency,
  [ComplianceAspect.MIN_RETENTION_DAYS]: COMPLIANCE.minRetention,
  [ComplianceAspect.LONG_RETENTION_DAYS]: COMPLIANCE.longRetention,
  [ComplianceAspect.MAX_RETENTION_DAYS]: COMPLIANCE.maxRetention,
  [ComplianceAspect.MIN_WARM_DAYS]: COMPLIANCE.warm,
  [ComplianceAspect.CONTINUOUS_BACKUP]: COMPLIANCE.continuous,
  [ComplianceAspect.CROSS_REGION_COPY]: COMPLIANCE.crossRegion,
  [ComplianceAspect.CROSS_ACCOUNT_COPY]: COMPLIANCE.crossAccount,
  [ComplianceAspect.COPY_ELSEWHERE]: COMPLIANCE.elsewhere,
  [ComplianceAspect.CUSTOMER_MANAGED_KEY]: COMPLIANCE.key,
  [ComplianceAspect.GOVERNANCE_LOCK]: COMPLIANCE.governance,
  [ComplianceAspect.COMPLIANCE_LOCK]: COMPLIANCE.compliance,
  [ComplianceAspect.LOCK_MIN_RETENTION_DAYS]: COMPLIANCE.lockMinimum,
  [ComplianceAspect.MAX_DAYS_BETWEEN_RESTORE_TESTS]: COMPLIANCE.restoreTest,
  [ComplianceAspect.REGIONS]: COMPLIANCE.regions,
  [ComplianceAspect.AUDIT_CONTROLS]: COMPLIANCE.controls,
  [ComplianceAspect.EVIDENCE_RETENTION_DAYS]: COMPLIANCE.evidence,
};
