/**
 * Policies that a call carries as text.
 *
 * Pure: refuses what is not JSON. Whether a policy is evaluated is the World's setting.
 */
import { parseJson } from '../kernel/json';
import { AwsFault } from './fault';
import { required } from './find-vault';

/** The text, when it is a JSON object of at most so many characters, white space apart. The texts of the faults are Assumed. */
export function policyText(text: string | undefined, member: string, most: number): string {
  const policy = required(text, member);
  let document: unknown;
  try {
    document = parseJson(policy);
  } catch {
    document = undefined;
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw new AwsFault('MalformedPolicyDocumentException', `${member} must be a JSON policy document.`);
  }
  if (minified(policy).length > most) {
    throw new AwsFault(
      'LimitExceededException',
      `${member} must have at most ${most} characters, got ${minified(policy).length}.`,
    );
  }
  return policy;
}

/** The document without white space between its parts. */
export function minified(document: string): string {
  return JSON.stringify(parseJson(document));
}
