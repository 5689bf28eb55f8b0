import { IValueProbe, LegalHold, LegalHoldRules, LegalHoldSelection } from '@holdfast/model';
import { ENV, PLAIN, Row, tagsOf, testRows } from './rows';

const BUCKET = 'arn:aws:s3:::bucket';

function hold(over: Partial<LegalHold> = {}): LegalHold {
  return {
    title: 'case 4711',
    description: 'preserves what the case asks for',
    env: ENV,
    recoveryPointSelection: { vaultNames: ['main'] },
    ...over,
  };
}

const of = (selection: LegalHoldSelection): Partial<LegalHold> => ({ recoveryPointSelection: selection });
const between = (fromDate: string, toDate: string) => of({ vaultNames: ['main'], dateRange: { fromDate, toDate } });
const RANGE = 'h.recoveryPointSelection.dateRange';

// prettier-ignore
const ROWS: Row<Partial<LegalHold>>[] = [
  ['legal-hold-title',       'passes', { title: 'x' }],
  ['legal-hold-title',       'fails',  { title: ' ' },        'h.title', 'an empty name'],
  ['legal-hold-description', 'passes', { description: 'x' }],
  ['legal-hold-description', 'fails',  { description: '' },   'h.description', 'an empty name'],
  ['legal-hold-description-length', 'passes', { description: 'x'.repeat(280) }],
  ['legal-hold-description-length', 'fails',  { description: 'x'.repeat(281) }, 'h.description', '281 characters'],
  ['legal-hold-tags', 'passes', { tags: tagsOf(50) }],
  ['legal-hold-tags', 'fails',  { tags: tagsOf(51) },         'h.tags', '51'],
  ['legal-hold-everything', 'passes', of({ vaultNames: ['main'] })],
  ['legal-hold-everything', 'passes', of({ resourceIdentifiers: [BUCKET] })],
  ['legal-hold-everything', 'fails',  of({}),                 'h.recoveryPointSelection', 'neither'],
  ['legal-hold-everything', 'fails',  of({ vaultNames: [], dateRange: { fromDate: '2027-01-01T00:00:00Z', toDate: '2027-01-02T00:00:00Z' } }), 'h.recoveryPointSelection', 'neither, with a dateRange'],
  ['legal-hold-vault-name', 'passes', of({ vaultNames: ['ab'] })],
  ['legal-hold-vault-name', 'fails',  of({ vaultNames: ['ab', '*'] }), 'h.recoveryPointSelection.vaultNames[1]', '*'],
  ['legal-hold-resource',   'passes', of({ resourceIdentifiers: [BUCKET, 'arn:aws:ec2:eu-central-1:123456789012:volume/vol-1'] })],
  ['legal-hold-resource',   'fails',  of({ resourceIdentifiers: ['bucket'] }),     'h.recoveryPointSelection.resourceIdentifiers[0]', 'bucket'],
  ['legal-hold-resource',   'fails',  of({ resourceIdentifiers: [`${BUCKET}-*`] }), 'h.recoveryPointSelection.resourceIdentifiers[0]', `${BUCKET}-*`],
  ['legal-hold-date',  'passes', between('2027-01-01T00:00:00Z', '2027-12-31T23:59:59.999+01:00')],
  ['legal-hold-date',  'passes', between('2028-02-29T00:00Z', '2028-03-01T00:00Z')],
  ['legal-hold-date',  'fails',  between('2027-01-01', '2027-12-31T00:00:00Z'),          `${RANGE}.fromDate`, '2027-01-01'],
  ['legal-hold-date',  'fails',  between('2027-01-01T00:00:00Z', '2027-02-29T00:00:00Z'), `${RANGE}.toDate`, '2027-02-29T00:00:00Z'],
  ['legal-hold-date',  'fails',  between('2027-01-01T00:00:00', '2027-12-31T00:00:00Z'), `${RANGE}.fromDate`, '2027-01-01T00:00:00'],
  ['legal-hold-date',  'fails',  between('2027-01-01T25:00:00Z', '2027-12-31T00:00:00Z'), `${RANGE}.fromDate`, '2027-01-01T25:00:00Z'],
  ['legal-hold-dates', 'passes', between('2027-01-01T00:00:00Z', '2027-01-01T00:00:00Z')],
  ['legal-hold-dates', 'passes', between('2027-01-01T00:00:00Z', '2027-01-01T01:00:00+01:00')],
  ['legal-hold-dates', 'fails',  between('2027-01-01T00:00:01Z', '2027-01-01T00:00:00Z'), `${RANGE}.toDate`, '2027-01-01T00:00:00Z'],
];

testRows((over) => LegalHoldRules.check(hold(over), 'h', PLAIN), ROWS);

test('what is known only at deployment is neither checked nor tripped over', () => {
  const probe: IValueProbe = { known: (value) => value !== 'TOKEN' };
  const declared = hold({
    title: 'TOKEN',
    description: 'TOKEN',
    recoveryPointSelection: {
      vaultNames: ['TOKEN'],
      resourceIdentifiers: ['TOKEN'],
      dateRange: { fromDate: 'TOKEN', toDate: 'TOKEN' },
    },
    tags: { owner: 'TOKEN' },
  });
  expect(LegalHoldRules.check(declared, '', probe)).toEqual([]);
  expect(LegalHoldRules.check(hold({ recoveryPointSelection: 'TOKEN' as never }), '', probe)).toEqual([]);
});
