/** What each condition operator says, written from AWS's documents; the grid of verdicts is made from these rows. */

const OPERATORS = 'IAM user guide, reference_policies_elements_condition_operators';
const SETS = 'IAM user guide, reference_policies_condition-single-vs-multi-valued-context-keys';

export interface OperatorRow {
  readonly operator: string;
  readonly key: string;
  readonly wanted: string | string[];
  /** A value of the request with which the condition holds, and one with which it does not. */
  readonly holds: string;
  readonly fails: string;
  /** Whether it holds when the request lacks the key. */
  readonly missing: boolean;
  readonly source: string;
}

type Row = [operator: string, key: string, wanted: string | string[], holds: string, fails: string, missing: boolean];

// prettier-ignore
const ROWS: Row[] = [
  ['StringEquals',              'aws:SourceIdentity',       ['ann', 'bea'],               'bea',                        'Ann',                        false],
  ['StringNotEquals',           'aws:SourceIdentity',       ['ann', 'bea'],               'Ann',                        'bea',                        true],
  ['StringEqualsIgnoreCase',    'aws:SourceIdentity',       'ann',                        'ANN',                        'anna',                       false],
  ['StringNotEqualsIgnoreCase', 'aws:SourceIdentity',       'ann',                        'anna',                       'ANN',                        true],
  ['StringLike',                'aws:SourceIdentity',       'a?n*',                       'annabel',                    'Annabel',                    false],
  ['StringNotLike',             'aws:SourceIdentity',       'a?n*',                       'Annabel',                    'annabel',                    true],
  ['NumericEquals',             'aws:MultiFactorAuthAge',   '35',                         '35.0',                       '36',                         false],
  ['NumericNotEquals',          'aws:MultiFactorAuthAge',   '35',                         '36',                         '35.0',                       true],
  ['NumericLessThan',           'aws:MultiFactorAuthAge',   '35',                         '34',                         '35',                         false],
  ['NumericLessThanEquals',     'aws:MultiFactorAuthAge',   '35',                         '35',                         '36',                         false],
  ['NumericGreaterThan',        'aws:MultiFactorAuthAge',   '35',                         '100',                        '35',                         false],
  ['NumericGreaterThanEquals',  'aws:MultiFactorAuthAge',   '35',                         '35',                         '34',                         false],
  ['DateEquals',                'aws:TokenIssueTime',       '2027-01-01T00:00:00Z',       '2027-01-01T01:00:00+01:00',  '2027-01-01T00:00:01Z',       false],
  ['DateNotEquals',             'aws:TokenIssueTime',       '2027-01-01T00:00:00Z',       '2027-01-01T00:00:01Z',       '1798761600',                 true],
  ['DateLessThan',              'aws:TokenIssueTime',       '2027-01-01T00:00:00Z',       '1798761599',                 '2027-01-01T00:00:00Z',       false],
  ['DateLessThanEquals',        'aws:TokenIssueTime',       '2027-01-01T00:00:00Z',       '2027-01-01T00:00:00Z',       '2027-01-01T00:00:01Z',       false],
  ['DateGreaterThan',           'aws:TokenIssueTime',       '2027-01-01T00:00:00Z',       '2027-01-01T00:00:01Z',       '2027-01-01T00:00:00Z',       false],
  ['DateGreaterThanEquals',     'aws:TokenIssueTime',       '2027-01-01T00:00:00Z',       '1798761600',                 '2026-12-31',                 false],
  ['Bool',                      'aws:MultiFactorAuthPresent', 'true',                     'True',                       'false',                      false],
  ['BinaryEquals',              'aws:SourceIdentity',       'QmluYXJ5',                   'QmluYXJ5',                   'QmluYXJZ',                   false],
  ['IpAddress',                 'aws:SourceIp',             ['10.0.0.0/9', '2001:DB8::/32'], '2001:db8:0::1',           '10.128.0.1',                 false],
  ['NotIpAddress',              'aws:SourceIp',             ['10.0.0.0/9', '2001:DB8::/32'], '10.128.0.1',              '10.127.255.255',             true],
  ['ArnEquals',                 'aws:SourceArn',            'arn:aws:sns:*:111122223333:a*', 'arn:aws:sns:eu-west-1:111122223333:ab:c', 'arn:aws:sns:eu-west-1:111122223334:ab', false],
  ['ArnLike',                   'aws:SourceArn',            'arn:aws:sns:*:*:a',          'arn:aws:sns:eu-west-1:111122223333:a', 'arn:aws:sns:eu-west-1:111122223333:x:a', false],
  ['ArnNotEquals',              'aws:SourceArn',            'arn:aws:sns:*:111122223333:a*', 'arn:aws:sns:eu-west-1:111122223334:ab', 'arn:aws:sns:eu-west-1:111122223333:ab', true],
  ['ArnNotLike',                'aws:SourceArn',            'arn:aws:sns:*:*:a',          'arn:aws:sns:eu-west-1:111122223333:x:a', 'arn:aws:sns:eu-west-1:111122223333:a', true],
];

export const OPERATOR_ROWS: OperatorRow[] = ROWS.map(([operator, key, wanted, holds, fails, missing]) => ({
  operator,
  key,
  wanted,
  holds,
  fails,
  missing,
  source: OPERATORS,
}));

/** A value of a request by what it does to the operator. */
export type Kind = 'holds' | 'fails';

export interface FormRow {
  readonly form: string;
  readonly operatorOf: (base: string) => string;
  /** Values of the request, and whether the whole holds; `missing` is what the operator itself says of a missing key. */
  readonly cases: { readonly given: Kind[]; readonly expected: boolean | 'missing' }[];
  readonly source: string;
}

// prettier-ignore
export const FORM_ROWS: FormRow[] = [
  { form: 'plain', operatorOf: (base) => base, source: OPERATORS, cases: [
    { given: ['holds'], expected: true }, { given: ['fails'], expected: false }, { given: [], expected: 'missing' },
  ] },
  { form: 'IfExists', operatorOf: (base) => `${base}IfExists`, source: `${OPERATORS}#Conditions_IfExists`, cases: [
    { given: ['holds'], expected: true }, { given: ['fails'], expected: false }, { given: [], expected: true },
  ] },
  { form: 'ForAnyValue', operatorOf: (base) => `ForAnyValue:${base}`, source: SETS, cases: [
    { given: ['holds'], expected: true }, { given: ['fails'], expected: false }, { given: ['fails', 'holds'], expected: true }, { given: [], expected: false },
  ] },
  { form: 'ForAllValues', operatorOf: (base) => `ForAllValues:${base}`, source: SETS, cases: [
    { given: ['holds'], expected: true }, { given: ['fails'], expected: false }, { given: ['holds', 'fails'], expected: false }, { given: [], expected: true },
  ] },
  { form: 'ForAnyValue IfExists', operatorOf: (base) => `ForAnyValue:${base}IfExists`, source: SETS, cases: [
    { given: ['holds'], expected: true }, { given: ['fails'], expected: false }, { given: [], expected: true },
  ] },
];
