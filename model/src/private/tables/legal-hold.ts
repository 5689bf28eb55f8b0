import { Severity } from '../../finding';
import { advice, api, fact, refused, Table } from './describe';

const CREATE = api('CreateLegalHold');
const SELECTION = api('RecoveryPointSelection');
const RANGE = api('DateRange');

export const LEGAL_HOLD = {
  title: refused('legal-hold-title', 'a text that says what the hold is', CREATE),
  description: refused('legal-hold-description', 'a text that says why the hold is', CREATE),
  descriptionLength: advice('legal-hold-description-length', Severity.WARNING, 'at most 280 characters', fact('1.2')),
  vaultName: refused('legal-hold-vault-name', '2 to 50 letters, digits, - and _', SELECTION),
  resource: advice(
    'legal-hold-resource',
    Severity.WARNING,
    'the ARN of a resource, without stars',
    `Assumed; ${fact('B5.4/1')}`,
  ),
  everything: advice(
    'legal-hold-everything',
    Severity.WARNING,
    'given vaults or resources, unless every recovery point of the account and Region is meant',
    `Assumed; ${fact('B5.4/1')}`,
  ),
  date: refused('legal-hold-date', 'a date and time of ISO 8601 with its zone, e.g. 2027-01-31T00:00:00Z', RANGE),
  dates: refused('legal-hold-dates', 'not before fromDate', `Assumed; ${fact('B5.4/1')}`),
  tags: refused('legal-hold-tags', 'at most 50 tags', fact('B5.4/1')),
} satisfies Table;
