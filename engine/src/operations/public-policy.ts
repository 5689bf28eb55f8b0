/**
 * Whether the policy of a bucket lets anybody in.
 *
 * Pure.
 * Source   S3 user guide, "The meaning of 'public'" (read 2026-11-26). Assumed: a condition of any kind keeps a statement
 *          from being public, where S3 looks for fixed values of certain keys.
 */
import { parseJson } from '../kernel/json';
import { AwsFault } from './fault';

interface Statement {
  readonly Effect?: string;
  readonly Principal?: unknown;
  readonly Condition?: object;
}

/** The statements of a policy. Source: the texts are S3's own. */
export function statementsOf(policy: string | undefined): readonly Statement[] {
  let read: unknown;
  try {
    read = parseJson(policy ?? '');
  } catch {
    read = undefined;
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read)) {
    throw new AwsFault('MalformedPolicy', "Policies must be valid JSON and the first byte must be '{'");
  }
  const { Statement: statements } = read as { readonly Statement?: Statement | Statement[] };
  if (statements === undefined) {
    throw new AwsFault('MalformedPolicy', 'Missing required field Statement');
  }
  return [statements].flat();
}

export function isPublic(policy: string): boolean {
  return statementsOf(policy).some(
    ({ Effect, Principal, Condition }) =>
      Effect === 'Allow' && isAnybody(Principal) && Object.keys(Condition ?? {}).length === 0,
  );
}

function isAnybody(principal: unknown): boolean {
  const named = typeof principal === 'object' && principal !== null ? (principal as { AWS?: unknown }).AWS : principal;
  return [named].flat().includes('*');
}
