/**
 * What AWS says to who may not come in: each protocol has words of its own.
 *
 * Pure: tables.
 * Source   "Common errors" of the API references of AWS Backup and KMS (JSON), IAM and STS (query), EC2, S3. Assumed: the
 *          statuses of JSON 1.x beside 400, and the texts of S3 beside those of its list of error codes.
 */
import type { WireRequest } from './message';

/** Why a request is not let in. */
export type CredentialFaultKind =
  | 'missing'
  | 'unknown-key'
  | 'bad-token'
  | 'expired-token'
  | 'bad-signature'
  | 'skewed'
  | 'url-expired'
  | 'url-early'
  | 'url-parameters'
  | 'unsigned-headers'
  | 'no-body-hash';

/** Thrown by who reads credentials; in the words of the protocol when it is answered. */
export class CredentialFault extends Error {
  constructor(
    readonly kind: CredentialFaultKind,
    /** What the text of AWS has beside: for a clock that is off, by how much. */
    readonly detail = '',
  ) {
    super(kind);
  }
}

export interface NamedCredentialFault {
  readonly name: string;
  readonly message: string;
  readonly status: number;
}

type Row = readonly [name: string, status: number, message: string];

const INVALID = 'The security token included in the request is invalid';
const EXPIRED = 'The security token included in the request is expired';
const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key ' +
  'and signing method. Consult the service documentation for details.';
const NOT_VALIDATED = 'AWS was not able to validate the provided access credentials';

const JSON_WORDS: Readonly<Record<CredentialFaultKind, Row>> = {
  missing: ['MissingAuthenticationTokenException', 403, 'Missing Authentication Token'],
  'unknown-key': ['UnrecognizedClientException', 403, `${INVALID}.`],
  'bad-token': ['UnrecognizedClientException', 403, `${INVALID}.`],
  'expired-token': ['ExpiredTokenException', 403, EXPIRED],
  'bad-signature': ['InvalidSignatureException', 403, MISMATCH],
  skewed: ['InvalidSignatureException', 403, ''],
  'url-expired': ['InvalidSignatureException', 403, ''],
  'url-early': ['InvalidSignatureException', 403, ''],
  'url-parameters': ['InvalidSignatureException', 403, MISMATCH],
  'unsigned-headers': ['InvalidSignatureException', 403, MISMATCH],
  'no-body-hash': ['InvalidSignatureException', 403, MISMATCH],
};

const QUERY_WORDS: Readonly<Record<CredentialFaultKind, Row>> = {
  missing: ['MissingAuthenticationToken', 403, 'Request is missing Authentication Token'],
  'unknown-key': ['InvalidClientTokenId', 403, `${INVALID}.`],
  'bad-token': ['InvalidClientTokenId', 403, `${INVALID}.`],
  'expired-token': ['ExpiredToken', 403, EXPIRED],
  'bad-signature': ['SignatureDoesNotMatch', 403, MISMATCH],
  skewed: ['SignatureDoesNotMatch', 403, ''],
  'url-expired': ['SignatureDoesNotMatch', 403, ''],
  'url-early': ['SignatureDoesNotMatch', 403, ''],
  'url-parameters': ['SignatureDoesNotMatch', 403, MISMATCH],
  'unsigned-headers': ['SignatureDoesNotMatch', 403, MISMATCH],
  'no-body-hash': ['SignatureDoesNotMatch', 403, MISMATCH],
};

const EC2_WORDS: Readonly<Record<CredentialFaultKind, Row>> = {
  missing: ['MissingAuthenticationToken', 403, 'Request is missing Authentication Token'],
  'unknown-key': ['AuthFailure', 401, NOT_VALIDATED],
  'bad-token': ['AuthFailure', 401, NOT_VALIDATED],
  'expired-token': ['RequestExpired', 400, 'Request has expired.'],
  'bad-signature': ['AuthFailure', 401, NOT_VALIDATED],
  skewed: ['RequestExpired', 400, 'Request has expired.'],
  'url-expired': ['RequestExpired', 400, 'Request has expired.'],
  'url-early': ['RequestExpired', 400, 'Request has expired.'],
  'url-parameters': ['AuthFailure', 401, NOT_VALIDATED],
  'unsigned-headers': ['AuthFailure', 401, NOT_VALIDATED],
  'no-body-hash': ['AuthFailure', 401, NOT_VALIDATED],
};

const S3_WORDS: Readonly<Record<CredentialFaultKind, Row>> = {
  missing: ['AccessDenied', 403, 'Access Denied'],
  'unknown-key': ['InvalidAccessKeyId', 403, 'The AWS Access Key Id you provided does not exist in our records.'],
  'bad-token': ['InvalidToken', 400, 'The provided token is malformed or otherwise invalid.'],
  'expired-token': ['ExpiredToken', 400, 'The provided token has expired.'],
  'bad-signature': [
    'SignatureDoesNotMatch',
    403,
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  ],
  skewed: ['RequestTimeTooSkewed', 403, 'The difference between the request time and the current time is too large.'],
  'url-expired': ['AccessDenied', 403, 'Request has expired'],
  'url-early': ['AccessDenied', 403, 'Request is not yet valid'],
  'url-parameters': ['AuthorizationQueryParametersError', 400, ''],
  'unsigned-headers': ['AccessDenied', 403, 'There were headers present in the request which were not signed'],
  'no-body-hash': ['InvalidRequest', 400, 'Missing required header for this request: x-amz-content-sha256'],
};

const WORDS: Readonly<Record<string, Readonly<Record<CredentialFaultKind, Row>>>> = {
  restJson1: JSON_WORDS,
  awsJson1_0: JSON_WORDS,
  awsJson1_1: JSON_WORDS,
  awsQuery: QUERY_WORDS,
  ec2Query: EC2_WORDS,
  restXml: S3_WORDS,
};

/** A fault in the words of a protocol. */
export function credentialFaultOf({ kind, detail }: CredentialFault, protocol: string): NamedCredentialFault {
  const [name, status, message] = (WORDS[protocol] ?? JSON_WORDS)[kind];
  return { name, message: message === '' ? detail : message, status: statusIn(protocol, status) };
}

/** What a call that policies deny is answered with. Source: the API references; SNS and EC2 have names of their own. */
export function deniedName(signingName: string, protocol: string): string {
  if (signingName === 'sns') {
    return 'AuthorizationError';
  }
  return (
    { awsQuery: 'AccessDenied', restXml: 'AccessDenied', ec2Query: 'UnauthorizedOperation' }[protocol] ??
    'AccessDeniedException'
  );
}

/** The protocol that an unsigned request most likely speaks. */
export function protocolOf({ headers }: WireRequest): string {
  if (headers['x-amz-target'] !== undefined) {
    return 'awsJson1_1';
  }
  return (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded') ? 'awsQuery' : 'restJson1';
}

/** JSON 1.x has one status for everything that the client did wrong. */
export function statusIn(protocol: string, status: number): number {
  return protocol.startsWith('awsJson') && status < 500 ? 400 : status;
}
