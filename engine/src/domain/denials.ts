/**
 * Why a step of a job was denied by policies: numbers of reasons, and their texts.
 *
 * Pure: constants and texts.
 * Source   B4.6/3 for AWS's own messages; AWS re:Post, "encoded authorization failure", for that of restores, without its
 *          encoded part. Assumed: which text goes with which step.
 * Spec     reasons.md, role-permissions.md
 */
import { Reason, ReasonFacts, UNUSABLE } from './reason';

export const BACKUP_NOT_ALLOWED = 210;
export const KEY_NOT_ALLOWED = 211;
export const COPY_FROM_NOT_ALLOWED = 212;
export const COPY_INTO_NOT_ALLOWED = 213;
export const COPY_KEY_NOT_ALLOWED = 214;
export const RESTORE_NOT_ALLOWED = 215;
export const RESTORE_KEY_NOT_ALLOWED = 216;
export const DELETION_NOT_ALLOWED = 217;
export const INDEX_NOT_ALLOWED = 218;
export const SCAN_NOT_ALLOWED = 219;
export const SCANNER_NOT_ALLOWED = 225;

export const NO_ACCESS = 'Access Denied trying to call AWS Backup service';

const NOT_AUTHORIZED = 'You are not authorized to perform this operation.';
const CONSULT =
  'Please consult the permissions associated with your AWS Backup role(s), and refer to the AWS Backup documentation for more details.';

export const DENIALS: Readonly<Record<number, Reason>> = {
  [BACKUP_NOT_ALLOWED]: denied('back up the resource', NOT_AUTHORIZED),
  [KEY_NOT_ALLOWED]: denied('use the key', UNUSABLE),
  [COPY_FROM_NOT_ALLOWED]: denied('copy out of the vault of the source', NO_ACCESS),
  [COPY_INTO_NOT_ALLOWED]: denied('copy into the vault', NO_ACCESS),
  [COPY_KEY_NOT_ALLOWED]: denied('use a key of the copy', UNUSABLE),
  [RESTORE_NOT_ALLOWED]: denied('make the resource', `${NOT_AUTHORIZED} ${CONSULT}`),
  [RESTORE_KEY_NOT_ALLOWED]: denied('use the key of the point', UNUSABLE),
  [DELETION_NOT_ALLOWED]: denied('delete the point', ''),
  [INDEX_NOT_ALLOWED]: denied('read the point for its index', NOT_AUTHORIZED),
  [SCAN_NOT_ALLOWED]: denied('have the point scanned', NOT_AUTHORIZED),
  [SCANNER_NOT_ALLOWED]: denied('read the point as the scanner', NOT_AUTHORIZED),
};

/** Whether a policy decided against a step of a job. */
export function isDenial(reason: number): boolean {
  return Object.hasOwn(DENIALS, reason);
}

function denied(what: string, message: string): Reason {
  const detail = (facts: ReasonFacts) => (facts.detail === undefined ? '' : ` (${facts.detail})`);
  return { message, sentence: (facts) => `the role may not ${what}${detail(facts)}` };
}
