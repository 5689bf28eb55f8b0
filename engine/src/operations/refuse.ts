/**
 * Findings of model's rules as the exceptions that AWS answers with.
 *
 * Pure: findings in, a fault out.
 * Source   B1.5 for the texts and codes that are known; the other messages are ours (Assumed).
 */
import { BackupLimits, Effect, Finding, PlainValues } from '@holdfast/model';
import { AwsFault, FaultDetail } from './fault';

/** Everything is known on the wire. */
export const WIRE = new PlainValues();

const { COLD_DAYS, LONGEST_DAYS } = BackupLimits;

const LIFECYCLE_TEXTS: Readonly<Record<string, string>> = {
  'lifecycle-delete-after': `Invalid lifecycle. DeleteAfterDays cannot be less than 1 or more than ${LONGEST_DAYS} days`,
  'rule-continuous-retention': `Invalid lifecycle. DeleteAfterDays cannot be less than 1 or more than ${LONGEST_DAYS} days`,
  'lifecycle-cold-gap': `Invalid lifecycle. DeleteAfterDays cannot be less than ${COLD_DAYS} days apart from MoveToColdStorageAfterDays`,
  'rule-continuous-cold': 'Invalid lifecycle. MoveToColdStorageAfterDays is unavailable',
};

const CODES: Readonly<Record<string, string>> = { 'rule-continuous-cold': 'ERROR_3015' };

const WHOLE_TEXTS: Readonly<Record<string, string>> = {
  'selection-empty': "Invalid backup selection. Either 'ListOfTags' or 'Resources' section must be non-empty.",
};

/**
 * Throws what AWS would answer to a declaration with these findings; findings of another effect pass.
 *
 * @param ruleNames names of the rules of a plan, by index, for the texts that carry them
 */
export function refuse(findings: readonly Finding[], ruleNames: readonly string[] = []): void {
  const refused = findings.filter((finding) => finding.effect === Effect.REFUSED_BY_AWS);
  // The service names what is most specific: two broken members of a lifecycle are one answer (B1.5: ERROR_3015).
  const finding = refused.find((one) => CODES[one.rule] !== undefined) ?? refused[0];
  if (finding === undefined) {
    return;
  }
  const whole = WHOLE_TEXTS[finding.rule];
  if (whole !== undefined) {
    throw new AwsFault('InvalidParameterValueException', whole);
  }
  const text = LIFECYCLE_TEXTS[finding.rule];
  const index = /rules\[(\d+)\]/.exec(finding.path)?.[1];
  const rule = index === undefined ? undefined : ruleNames[Number(index)];
  if (text === undefined || rule === undefined) {
    throw new AwsFault('InvalidParameterValueException', text ?? `${finding.path} ${finding.message}`);
  }
  const code = CODES[finding.rule];
  const detail: FaultDetail = code === undefined ? {} : { code, context: JSON.stringify([rule, text]) };
  throw new AwsFault('InvalidParameterValueException', `Error in rule ${rule} : ${text}`, detail);
}
