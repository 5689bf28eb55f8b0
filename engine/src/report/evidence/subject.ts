/**
 * What a standard is held against, of an estate that was read from artifacts.
 *
 * Pure: declarations in, a subject out.
 */
import { ComplianceEvidence, ComplianceSubject, Estate, IValueProbe } from '@holdfast/model';

/** Stands for a value that no artifact says. */
const NOT_SAID = Number.NaN;

/** Every value of an artifact is known but those that it does not say. */
export const FORMS: IValueProbe = { known: (value: unknown) => !Number.isNaN(value) };

/** How long a bucket keeps reports is a setting of the bucket that is not read: some time, it is not known which. */
export function subjectOf(estate: Estate): ComplianceSubject {
  const { restoreTestingPlans = [], reportPlans = [] } = estate;
  const evidenceRetentionDays = reportPlans.map(() => NOT_SAID);
  return ComplianceEvidence.subject({ estate, restoreTestingPlans, evidenceRetentionDays }, '', FORMS);
}
