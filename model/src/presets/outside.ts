import { ComplianceClause } from '../compliance-clause';

/** Looked up in a public text. */
function sure(clause: string, asks: string): ComplianceClause {
  return { clause, asks, lookedUp: true };
}

/** From memory. */
function recalled(clause: string, asks: string): ComplianceClause {
  return { clause, asks, lookedUp: false };
}

export const OUTSIDE_HIPAA: ComplianceClause[] = [
  sure('45 CFR 164.308(a)(7)(ii)(C)', 'procedures for operation in emergency mode'),
  sure('45 CFR 164.308(a)(7)(ii)(E)', 'an analysis of which applications and data are critical'),
  recalled('45 CFR 164.310(d)(2)(iv)', 'an exact copy before equipment is moved'),
  recalled('45 CFR 164.312(e)(2)(ii)', 'encryption in transit'),
  recalled('45 CFR 164.314 and 164.308(b)', 'a business associate agreement, and services that are eligible under it'),
];

export const OUTSIDE_PCI_DSS: ComplianceClause[] = [
  sure('PCI DSS 9.4.1 and 9.4.1.1', 'media with cardholder data, and offline copies of them, physically secured'),
  sure('PCI DSS 9.4.1.2', 'a review of where they are kept, at least every 12 months'),
  sure('PCI DSS 9.4.5 and 9.4.5.1', 'an inventory of media, taken at least every 12 months'),
  recalled('PCI DSS 9.4.6 and 9.4.7', 'destruction of media that are no longer needed'),
  recalled('PCI DSS 3.3.1', 'no sensitive authentication data after authorization, in backups neither'),
  sure('PCI DSS 3.5.1', 'account numbers unreadable wherever they are stored'),
  recalled('PCI DSS 3.6 and 3.7', 'procedures for keys'),
  recalled('PCI DSS 7.2 and 8', 'least privilege, and more than one factor, for whoever reaches the data'),
  recalled('PCI DSS 12.5.2', 'a documented scope, sites of backup and recovery in it'),
];

export const OUTSIDE_SOC2: ComplianceClause[] = [
  recalled('SOC 2 CC9.1', 'mitigation of the risk of disruption'),
  recalled('SOC 2 CC6.7', 'protection of what is transmitted or moved'),
  recalled(
    'SOC 2 C1.1 and C1.2',
    'confidential data kept and disposed of as promised, where confidentiality is in scope',
  ),
  recalled('SOC 2 PI1.5', 'stored inputs and outputs complete, where processing integrity is in scope'),
  recalled('SOC 2 P4.2 and P4.3', 'retention and disposal of personal data, where privacy is in scope'),
];

export const OUTSIDE_ISO_27001: ComplianceClause[] = [
  recalled('ISO/IEC 27001:2022 A.8.14', 'redundancy of processing facilities'),
  recalled('ISO/IEC 27001:2022 A.5.29', 'security during a disruption'),
  recalled('ISO/IEC 27001:2022 A.8.10', 'deletion of what is no longer needed'),
];

const OUTSIDE_NIST_BOTH: readonly [string, string, boolean][] = [
  ['CP-2', 'a contingency plan', false],
  ['CP-4', 'a test of the contingency plan', true],
  ['CP-10', 'recovery and reconstitution of the system, not of its data alone', false],
  ['MP-6 and SI-12', 'sanitization of media, and retention of information', false],
];

const OUTSIDE_NIST_HIGH: readonly [string, string, boolean][] = [
  ['CP-9(5)', 'transfer to the alternate site at a rate that fits the objectives of recovery', false],
  ['AU-9(2)', 'audit records on another system at least weekly', false],
];

function under(programme: string, clauses: readonly [string, string, boolean][]): ComplianceClause[] {
  return clauses.map(([clause, asks, lookedUp]) => ({ clause: `${programme} ${clause}`, asks, lookedUp }));
}

const ALTERNATE_SITE: [string, string, boolean] = [
  'CP-6',
  'an alternate storage site, separate from the primary one, that stays accessible',
  false,
];
const SAMPLE_RESTORES: [string, string, boolean] = [
  'CP-9(2)',
  'restores of a sample as part of the test of the contingency plan',
  false,
];

const FEDRAMP = 'FedRAMP Rev 5';
const NIST = 'NIST SP 800-53 Rev 5';
const TWO_PERSONS: readonly [string, string, boolean][] = [
  ['CP-9(7)', 'two persons for the destruction of backups; in no baseline', false],
];

export const OUTSIDE_FEDRAMP_MODERATE: ComplianceClause[] = under(FEDRAMP, [...OUTSIDE_NIST_BOTH, ALTERNATE_SITE]);
export const OUTSIDE_FEDRAMP_HIGH: ComplianceClause[] = under(FEDRAMP, [
  ...OUTSIDE_NIST_BOTH,
  ALTERNATE_SITE,
  ...OUTSIDE_NIST_HIGH,
  SAMPLE_RESTORES,
]);
export const OUTSIDE_NIST_800_53_MODERATE: ComplianceClause[] = under(NIST, [...OUTSIDE_NIST_BOTH, ...TWO_PERSONS]);
export const OUTSIDE_NIST_800_53_HIGH: ComplianceClause[] = under(NIST, [
  ...OUTSIDE_NIST_BOTH,
  ...OUTSIDE_NIST_HIGH,
  ...TWO_PERSONS,
]);

export const OUTSIDE_FINRA_SEC17A4: ComplianceClause[] = [
  recalled('17 CFR 240.17a-4(e)', 'records that are kept for the life of the enterprise'),
  recalled('17 CFR 240.17a-4(f)(2)(ii) to (iv)', 'verification, serial numbers, and download with an audit trail'),
  recalled('17 CFR 240.17a-4(i)', 'undertakings of whoever keeps the records for you'),
  recalled('FINRA Rule 4511(c)', 'the format of the records'),
];

export const OUTSIDE_GDPR: ComplianceClause[] = [
  recalled('GDPR Art. 5(1)(c)', 'no more data than the purpose needs'),
  recalled('GDPR Art. 16', 'rectification, after a restore too'),
  recalled('GDPR Art. 28', 'a contract with whoever processes the data'),
  recalled('GDPR Art. 33 and 34', 'notice of breaches, loss of availability among them'),
];
