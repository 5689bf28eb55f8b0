/**
 * Who calls: from the key of a request to an account, a principal, a session.
 *
 * Pure: reads the World; whoever serves says what time it is.
 * Source   design.md section 2, Endpoint (a key of 12 digits is an account); IAM user guide, "Temporary security credentials
 *          in IAM"; "Troubleshoot Signature Version 4 signing" (15 minutes).
 * Spec     ../domain/credentials.md
 */
import type { Environment } from '@holdfast/model';
import { ACCOUNT_SECRET, Session } from '../domain/credentials';
import type { WorldState } from '../domain/world-state';
import { formatInstant, Instant, MINUTE } from '../kernel/instant';
import type { Called } from '../operations/call';
import type { Caller } from '../operations/caller';
import { CredentialFault } from './credential-faults';
import type { WireRequest } from './message';
import { isSignedInChunks } from './s3-chunks';
import type { FormUpload } from './s3-forms';
import { areChunksSignedWith, isPolicySignedWith } from './s3-signatures';
import { hasUnsigned, isSignedWith, lacksBodyHash, missingOfUrl, Signature } from './signature';

/** Who calls, as far as the request itself does not say. */
export interface Callers {
  /** Account and Region where a request names none, and the partition of all. */
  readonly env: Environment;
  /** ARN of the principal of an access key; undefined where nobody is told apart. */
  readonly principalOf?: (accessKeyId: string) => string | undefined;
  /** Told of each call just before it happens; what is refused before is none. */
  readonly onCall?: (called: Called) => void;
  /** How signatures are checked; they are not unless given. */
  readonly checks?: SignatureChecks;
}

export interface SignatureChecks {
  /** What time it is, for signatures that are too old or too young; it says nothing where any age will do. */
  readonly now: () => Instant | undefined;
}

/** The key that signed, with whom it speaks for. */
interface Known {
  readonly secret: string;
  readonly env: Pick<Environment, 'partition' | 'account'>;
  readonly principalArn: string;
  readonly session?: Session;
}

const SKEW = 15 * MINUTE;
const MOST_SECONDS = 7 * 24 * 3600;
const ACCOUNT = /^\d{12}$/;

/** Who calls, as the request says it; nothing is checked. */
export function callerSaid(state: WorldState, { env, principalOf }: Callers, signature: Signature | undefined): Caller {
  const { accessKeyId = '', region = env.region } = signature ?? {};
  const principalArn = principalOf?.(accessKeyId);
  if (principalArn !== undefined) {
    return { ...env, account: ACCOUNT.test(accessKeyId) ? accessKeyId : env.account, region, principalArn };
  }
  const known = ACCOUNT.test(accessKeyId) ? undefined : knownKey(state, env.partition, accessKeyId);
  return known === undefined
    ? { ...env, account: ACCOUNT.test(accessKeyId) ? accessKeyId : env.account, region }
    : callerOf(known, region);
}

/**
 * Who calls, after everything was checked that AWS checks before it looks at policies.
 *
 * @throws CredentialFault
 */
export async function callerChecked(
  state: WorldState,
  { env }: Callers,
  { now }: SignatureChecks,
  request: WireRequest,
  signature: Signature | undefined,
  form?: FormUpload,
): Promise<Caller> {
  if (signature === undefined) {
    throw new CredentialFault('missing');
  }
  if (signature.expiresSeconds !== undefined) {
    refuseParameters(request, signature.expiresSeconds);
  }
  const known = knownKey(state, env.partition, signature.accessKeyId);
  const { session } = known ?? {};
  if (known === undefined || (session !== undefined && state.services.credentials.isOrphan(session))) {
    throw new CredentialFault('unknown-key');
  }
  // A key that is no session's has no token, and one of a session none but its own.
  if (signature.token !== session?.token) {
    throw new CredentialFault('bad-token');
  }
  if (session !== undefined && session.expiresAt <= state.now) {
    throw new CredentialFault('expired-token');
  }
  const time = now();
  if (form !== undefined) {
    // How long it holds its policy says.
    if (!isPolicySignedWith(known.secret, form.policy ?? '', signature)) {
      throw new CredentialFault('bad-signature');
    }
    return callerOf(known, signature.region);
  }
  if (time !== undefined) {
    refuseSkewed(signature, time);
  }
  if (lacksBodyHash(request, signature)) {
    throw new CredentialFault('no-body-hash');
  }
  if (!(await isSignedWith(known.secret, request, signature))) {
    throw new CredentialFault('bad-signature');
  }
  if (signature.signingName === 's3') {
    if (hasUnsigned(request, signature)) {
      throw new CredentialFault('unsigned-headers');
    }
    if (isSignedInChunks(request.headers) && !areChunksSignedWith(known.secret, request, signature)) {
      throw new CredentialFault('bad-signature');
    }
  }
  return callerOf(known, signature.region);
}

/**
 * Source   S3 API reference, "Authenticating requests: using query parameters"; the text of a week: issue #31 of bryanjos/aws_auth
 *          (read 2026-11-27). Assumed: the other texts.
 */
function refuseParameters(request: WireRequest, expiresSeconds: number): void {
  const refuse = (text: string): never => {
    throw new CredentialFault('url-parameters', text);
  };
  if (missingOfUrl(request).length > 0) {
    const all =
      'X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires';
    refuse(`Query-string authentication version 4 requires the ${all} parameters.`);
  }
  if (request.query['X-Amz-Algorithm'] !== 'AWS4-HMAC-SHA256') {
    refuse('X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"');
  }
  if (Number.isNaN(expiresSeconds)) {
    refuse('X-Amz-Expires should be a number');
  }
  if (expiresSeconds < 0) {
    refuse('X-Amz-Expires must be non-negative');
  }
  if (expiresSeconds > MOST_SECONDS) {
    const given = `the given X-Amz-Expires must be less than ${MOST_SECONDS} seconds`;
    refuse(`X-Amz-Expires must be less than a week (in seconds); that is, ${given}`);
  }
}

function callerOf({ env, principalArn, session }: Known, region: string): Caller {
  return { ...env, region, principalArn, ...(session === undefined ? {} : { session }) };
}

/** The key of an account is its root user's. */
function knownKey({ services }: WorldState, partition: string, id: string): Known | undefined {
  if (ACCOUNT.test(id)) {
    const principalArn = `arn:${partition}:iam::${id}:root`;
    return { secret: ACCOUNT_SECRET, env: { partition, account: id }, principalArn };
  }
  const session = services.credentials.tryFindSession(id);
  if (session !== undefined) {
    const { secret, env, principalArn } = session;
    return { secret, env, principalArn, session };
  }
  const key = services.credentials.tryFindKey(id);
  return key?.active === true ? { secret: key.secret, env: key.user.env, principalArn: key.user.arn } : undefined;
}

/** Source: the texts of AWS, which name the bound, e.g. `20270101T001500Z (20270101T003000Z - 15 min.)`. */
function refuseSkewed({ time, at, expiresSeconds }: Signature, now: Instant): void {
  if (at === undefined) {
    throw new CredentialFault('bad-signature');
  }
  if (at > now + SKEW) {
    const text = `Signature not yet current: ${time} is still later than ${basic(now + SKEW)} (${basic(now)} + 15 min.)`;
    throw new CredentialFault(expiresSeconds === undefined ? 'skewed' : 'url-early', text);
  }
  const holds = expiresSeconds === undefined ? SKEW : expiresSeconds * 1000;
  if (at < now - holds) {
    const text = `Signature expired: ${time} is now earlier than ${basic(now - holds)} (${basic(now)} - ${holds / MINUTE} min.)`;
    throw new CredentialFault(expiresSeconds === undefined ? 'skewed' : 'url-expired', text);
  }
}

/** `20270101T000000Z`. */
function basic(at: Instant): string {
  return `${formatInstant(at).slice(0, 19).replace(/[-:]/g, '')}Z`;
}
