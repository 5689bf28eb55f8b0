import { Severity } from '../../finding';
import { api, advice, fact, failsAtRun, refused, Table } from './describe';

const DOCUMENT = 'https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateDocument.html';

export const RESTORE_RUNBOOK = {
  resourceType: refused(
    'restore-runbook-resource-type',
    'a resource type whose metadata keys are known: see RestoreMetadata.resourceTypes()',
    fact('B8/7'),
  ),
  name: refused(
    'restore-runbook-document-name',
    '3 to 128 letters, digits, dots, - and _, not beginning with aws, amazon or amzn',
    DOCUMENT,
  ),
  vaultName: refused('restore-runbook-vault-name', '2 to 50 letters, digits, - and _', api('CreateBackupVault')),
  metadataKey: refused(
    'restore-runbook-metadata-key',
    'a metadata key of a restore of the resource type',
    fact('B8/7'),
  ),
  newValue: advice(
    'restore-runbook-new-value',
    Severity.WARNING,
    'left to each run, as the second would find the name taken',
    fact('B8/3, B8/7'),
  ),
  timeout: failsAtRun(
    'restore-runbook-timeout',
    Severity.ERROR,
    'a whole number of hours from 1 to 168',
    `Assumed; ${fact('B8/6')}`,
  ),
} satisfies Table;
