import { Severity } from '../../finding';
import { advice, api, fact, refused, Table } from './describe';

const INPUT = api('TieringConfigurationInputForCreate');
const SELECTION = api('ResourceSelection');

export const TIERING_CONFIGURATION = {
  name: refused('tiering-configuration-name', '1 to 200 letters, digits and _', INPUT),
  vaultName: refused(
    'tiering-configuration-vault-name',
    '2 to 50 letters, digits, - and _, or * for every vault',
    INPUT,
  ),
  selections: refused('tiering-configuration-selections', '1 to 5 selections', fact('B5.7/1')),
  resourceType: refused('tiering-configuration-resource-type', 'S3, which alone has the tier', SELECTION),
  resources: refused('tiering-configuration-resources', '1 to 100 ARNs in all selections', fact('B5.7/1')),
  resourceArn: refused('tiering-configuration-resource-arn', 'the ARN of a bucket, or *', SELECTION),
  days: refused('tiering-configuration-days', 'a whole number of days from 60 to 36500', fact('B5.7/1')),
  star: advice(
    'tiering-configuration-star',
    Severity.NOTE,
    'alone in its selection, as * is every bucket',
    fact('B5.7/1'),
  ),
  twice: advice(
    'tiering-configuration-resource-twice',
    Severity.WARNING,
    'in one selection alone: which of two settings a bucket gets is documented nowhere',
    `Assumed; ${fact('B5.7/1')}`,
  ),
  nameUnique: refused('tiering-configuration-name-unique', 'unique in account and Region', INPUT),
  vaultUnique: refused(
    'tiering-configuration-vault-unique',
    'the only configuration of its vault, and * that of one alone',
    fact('B5.7/1'),
  ),
} satisfies Table;
